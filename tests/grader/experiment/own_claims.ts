/**
 * Claims from a folder outside the project, such as an instructor's hidden ones. Each `*.ts` there
 * exports `claims`; see `lessons/INSTRUCTORS.md`. They are run in the grader's process and may do all
 * that it may: only run those that you trust.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../../../lessons/tools/flags.ts";
import type { Claim, LessonClaims, Visibility } from "./claims.ts";
import type { Experiment } from "./experiment.ts";
import { KIT, type Kit } from "./kit.ts";

const VISIBILITIES: readonly Visibility[] = [
  "visible",
  "hidden",
  "after_due_date",
  "after_published",
];
const MOST_POINTS = 1000;

/** A claim as a file exports it. */
export interface OwnClaim {
  /** Such as `3.H1`: the lesson, a capital letter, a number. */
  readonly id: string;
  readonly lesson: number;
  readonly text: string;
  readonly points: number;
  /** Short for the visibility `after_due_date`. */
  readonly hidden?: boolean;
  readonly visibility?: Visibility;
  readonly experiment: (t: Experiment, kit: Kit) => Promise<string>;
}

/**
 * Adds the claims of a folder to the lessons'.
 *
 * @throws UsageError when the folder or a claim in it is not right, with the file's name.
 */
export async function withOwnClaims(
  lessons: readonly LessonClaims[],
  folder: string,
): Promise<LessonClaims[]> {
  const ids = new Set(lessons.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const added: { lesson: number; claim: Claim }[] = [];
  for (const file of modulesIn(folder)) {
    for (const own of await claimsOf(file)) {
      const problem = whyNotAClaim(own, lessons) ??
        (ids.has(own.id) ? `there is another claim ${own.id}` : undefined);
      if (problem !== undefined) throw new UsageError(`--claims: ${file}: ${problem}`);
      ids.add(own.id);
      added.push({ lesson: own.lesson, claim: claimOf(own) });
    }
  }
  return lessons.map((lesson) => {
    const own = added.filter((one) => one.lesson === lesson.lesson).map(({ claim }) => claim);
    return { ...lesson, claims: [...lesson.claims, ...own] };
  });
}

function modulesIn(folder: string): string[] {
  try {
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    const modules = names.filter((name) => name.endsWith(".ts")).sort();
    if (modules.length === 0) throw new UsageError(`--claims: no .ts file in ${folder}`);
    return modules.map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--claims: there is no folder ${folder}`);
  }
}

async function claimsOf(file: string): Promise<OwnClaim[]> {
  const module = await import(pathToFileURL(file).href).catch((error) => {
    const [line] = String(error?.message ?? error).split("\n");
    throw new UsageError(`--claims: ${file} does not load: ${line}`);
  });
  if (Array.isArray(module.claims)) return module.claims;
  throw new UsageError(`--claims: ${file} exports no array named claims`);
}

/** @returns undefined when everything is right. */
function whyNotAClaim(own: OwnClaim, lessons: readonly LessonClaims[]): string | undefined {
  const { id, lesson, text, points, visibility, experiment } = own ?? {};
  if (typeof id !== "string" || !/^\d\.[A-Z]\d{1,3}$/.test(id)) {
    return `the id ${JSON.stringify(id)} is not one like "3.H1"`;
  }
  if (!lessons.some((one) => one.lesson === lesson)) return `${id}: there is no lesson ${lesson}`;
  if (!id.startsWith(`${lesson}.`)) return `${id} is not an id of lesson ${lesson}`;
  if (typeof text !== "string" || text === "") return `${id} has no text`;
  if (!Number.isInteger(points) || points < 0 || points > MOST_POINTS) {
    return `${id}: points are a whole number from 0 to ${MOST_POINTS}`;
  }
  if (visibility !== undefined && !VISIBILITIES.includes(visibility)) {
    return `${id}: visibility is one of ${VISIBILITIES.join(", ")}`;
  }
  if (typeof experiment !== "function") return `${id} has no experiment`;
}

function claimOf({ id, text, points, hidden, visibility, experiment }: OwnClaim): Claim {
  const shown = visibility ?? (hidden ? "after_due_date" : "visible");
  return { id, text, points, visibility: shown, experiment: (t) => experiment(t, KIT) };
}
