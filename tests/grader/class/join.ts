/** One class of the parts that were graded on several machines. */
import { UsageError } from "../../../lessons/tools/flags.ts";
import { readResult } from "../grading/outcome.ts";
import type { StudentResult } from "../report/summary.ts";
import { differenceOf, identityText } from "./grader_identity.ts";
import { partOf } from "./part.ts";
import { readRun, type Run } from "./run_file.ts";

/** A class whose parts were put together. */
export interface Joined {
  readonly lesson: number;
  /** In the order of the class. */
  readonly results: readonly StudentResult[];
  /** Who is in the class and has no result, and the part to grade again: `ann (part 3/8)`. */
  readonly missing: readonly string[];
  /** Who has a result in several folders, and in which: the first counts. */
  readonly twice: readonly string[];
  /** What an instructor should know of some, by their names. */
  readonly notes: readonly (readonly [student: string, note: string])[];
  /** Who was in the class for some of the parts, and not for others. */
  readonly notForAll: readonly string[];
}

/** A folder of results, and what it says of itself. */
interface PartFolder {
  readonly folder: string;
  readonly run: Run;
}

/**
 * Puts the parts together, in whatever order they are given.
 *
 * @param folders those that were `--out` of `grade-all`.
 * @throws UsageError when one is no such folder, or was graded with something else than the first.
 */
export function joinParts(folders: readonly string[]): Joined {
  const parts = folders.map((folder) => ({ folder, run: readRun(folder) }));
  const [first, ...rest] = parts;
  for (const part of rest) refuseOther(first, part);
  const lists = parts.map(({ run }) => run.students);
  const students = [...new Set(lists.flat())].sort();
  const found = new Map(students.map((student) => [student, resultsOf(student, parts)]));
  const named = (test: (count: number) => boolean) =>
    students.filter((student) => test(found.get(student)?.length ?? 0));
  const { of } = first.run.part;
  return {
    lesson: first.run.grader.lesson,
    results: students.flatMap((student) => found.get(student)?.slice(0, 1) ?? [])
      .map(({ result }) => result),
    missing: named((count) => count === 0)
      .map((student) => `${student} (part ${partOf(student, of)}/${of})`),
    twice: named((count) => count > 1).map((student) =>
      `${student} (${found.get(student)?.map(({ folder }) => folder).join(", ")})`
    ),
    notes: parts.flatMap(({ run }) => Object.entries(run.notes)),
    notForAll: students.filter((student) => !lists.every((list) => list.includes(student))),
  };
}

function refuseOther(first: PartFolder, other: PartFolder): void {
  const differs = differenceOf(first.run.grader, other.run.grader);
  const { of } = first.run.part;
  const why = differs !== "" ? differs : other.run.part.of !== of ? "number of parts" : "";
  if (why === "") return;
  throw new UsageError(`${other.folder} was graded with another ${why} than ${first.folder}`);
}

/** A result of an earlier course, which a part that died had no time to replace, is none. */
function resultsOf(
  student: string,
  parts: readonly PartFolder[],
): { folder: string; result: StudentResult }[] {
  return parts.flatMap(({ folder, run }) => {
    const { number, of } = run.part;
    if (partOf(student, of) !== number || !run.students.includes(student)) return [];
    const result = readResult(folder, student);
    return result?.grader === identityText(run.grader) ? [{ folder, result }] : [];
  });
}
