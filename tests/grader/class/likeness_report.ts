/**
 * `likeness.csv`: the pairs of a class that are most alike; and for each student whom they are most
 * like, for the table. A reason to look, and no verdict.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderOf, lessonOf, LESSONS, modelOf } from "../../../lessons/catalogue.ts";
import { print } from "../../../lessons/tools/screen.ts";
import { writeWhole } from "../report/files.ts";
import type { About } from "../report/summary.ts";
import { csvText } from "./csv.ts";
import { handedIn } from "../submission/handed_in.ts";
import { readInside } from "../submission/inside.ts";
import { removeIfThere } from "../submission/scratch.ts";
import type { Submission } from "../submission/submissions_folder.ts";
import { type Alike, highest, likeness, type Program } from "./likeness.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Of a larger file no program is made. */
const MOST_BYTES = 1_000_000;
/** What is reported: pairs from so many percent, and so many of them. */
const LEAST_PERCENT = 50, MOST_PAIRS = 200;
/**
 * From so many percent on it is said whom somebody is like. Right solutions that were written
 * independently have stayed below 50, and copies under other names had more than 90: see
 * `tests/of_grader/likeness_test.ts`.
 */
export const MARKED_PERCENT = 70;

/** Compares a class among itself and with the course's models, and reports it. */
export class LikenessReport {
  /** Of everyone who could be compared. */
  readonly about: ReadonlyMap<string, About>;
  /** Of those that are worth a look. */
  readonly pairs: readonly Alike[];
  /** What could not be compared, in a sentence; empty when all could. */
  readonly left: string;

  constructor(lesson: number, students: readonly Program[]) {
    const models = LESSONS.map((one) => ({ name: modelOf(one), text: read(modelOf(one)) }));
    const given = read(`${folderOf(lessonOf(lesson))}/exercise.ts`);
    const { pairs, tooShort } = likeness({ students, models, given });
    this.about = likest(students.filter(({ name }) => !tooShort.has(name)), pairs);
    this.pairs = pairs.filter((pair) => highest(pair) >= LEAST_PERCENT).slice(0, MOST_PAIRS);
    const model = modelOf(lessonOf(lesson));
    this.left = tooShort.has(model)
      ? `likeness: ${model} is too short beside what the exercise gives, and is not compared`
      : "";
  }

  /** @param submissions of a whole class; who has handed in nothing that can be read is in no pair. */
  static async of(lesson: number, submissions: readonly Submission[]): Promise<LikenessReport> {
    const students: Program[] = [];
    for (const submission of submissions) {
      const text = await textOf(submission, lesson);
      if (text !== undefined) students.push({ name: submission.student, text });
    }
    return new LikenessReport(lesson, students);
  }

  /** Writes `likeness.csv`, and says on screen that there is something to look at. */
  async write(out: string): Promise<void> {
    const file = join(out, "likeness.csv");
    const head = ["one", "other", "one_in_other_percent", "other_in_one_percent"];
    const rows = this.pairs.map((pair) => [
      pair.one,
      pair.other,
      pair.oneInOther,
      pair.otherInOne,
    ]);
    await writeWhole(file, csvText([head, ...rows]));
    if (this.left !== "") print(`${this.left}\n`);
    if (rows.length > 0) print(`${rows.length} pairs to look at, by likeness: ${file}\n`);
  }
}

/** The pairs are in order: the first with somebody is the highest. */
function likest(students: readonly Program[], pairs: readonly Alike[]): Map<string, About> {
  const rows = new Map<string, About>();
  for (const pair of pairs) {
    const likeness = highest(pair);
    for (const [one, other] of [[pair.one, pair.other], [pair.other, pair.one]]) {
      if (rows.has(one)) continue;
      rows.set(one, { likeness, like: likeness >= MARKED_PERCENT ? other : "" });
    }
  }
  return new Map(students.map(({ name }) => [name, rows.get(name) ?? { likeness: 0 }]));
}

function read(path: string): string {
  return Deno.readTextFileSync(join(ROOT, path));
}

/** @returns undefined when nothing was handed in that can be read: its row says why. */
async function textOf({ path, isFolder }: Submission, lesson: number): Promise<string | undefined> {
  const own = isFolder ? undefined : path;
  try {
    const { file, within = file } = await handedIn(path, lesson, own);
    const bytes = readInside(Deno.realPathSync(within), Deno.realPathSync(file), MOST_BYTES);
    // An archive was unpacked for it.
    if (!isFolder && within !== path) removeIfThere(within);
    return typeof bytes === "string" ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
