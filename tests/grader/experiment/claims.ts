/**
 * The claims of a lesson: each pro and con that its README states, with points, and the experiment
 * behind it. An id that stands in one place and not in the other is an error.
 */
import { folderOf, lessonOf } from "../../../lessons/catalogue.ts";
import type { Experiment } from "./experiment.ts";

/** Who may see how a claim came out, in the words of Gradescope; others show all of them. */
export type Visibility = "visible" | "hidden" | "after_due_date" | "after_published";

/** Tries out one claim. Returns what was measured; throws `ClaimFailed` or `Inconclusive`. */
export type ExperimentBody = (t: Experiment) => Promise<string>;

/** A pro or con with its experiment. */
export interface Claim {
  /** Such as `3.P1`: lesson 3, first pro; `C` for a con, `R` for what every model owes a client. */
  readonly id: string;
  /** The claim in a sentence, as the lesson's README states it. */
  readonly text: string;
  readonly points: number;
  /** Default: visible, as every claim that a lesson states. */
  readonly visibility?: Visibility;
  readonly experiment: ExperimentBody;
}

/** A lesson and its claims. */
export interface LessonClaims {
  readonly lesson: number;
  /** The lesson's folder in `lessons/`. */
  readonly folder: string;
  readonly claims: readonly Claim[];
}

const ROOT = new URL("../../../", import.meta.url);
const LESSONS = "lessons/";

/**
 * Joins a lesson's experiments with the table in its README.
 *
 * @throws Error when an id has no experiment, or an experiment no id.
 */
export function defineClaims(
  lesson: number,
  experiments: Readonly<Record<string, ExperimentBody>>,
): LessonClaims {
  const folder = folderOf(lessonOf(lesson)).slice(LESSONS.length);
  const claims = tableOf(folder).map((row) => {
    const experiment = experiments[row.id];
    if (experiment === undefined) throw new Error(`lessons/${folder}: ${row.id} has no experiment`);
    return { ...row, experiment };
  });
  const known = new Set(claims.map(({ id }) => id));
  const unknown = Object.keys(experiments).filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`lessons/${folder} does not state ${unknown.join(", ")}`);
  return { lesson, folder, claims };
}

/** The rows `| 3.P1 | the claim | 3 |` of the lesson's README. */
function tableOf(folder: string): Omit<Claim, "experiment">[] {
  const text = Deno.readTextFileSync(new URL(`${LESSONS}${folder}/README.md`, ROOT));
  const rows = text.matchAll(/^\| *(\d\.[PCR]\d) *\|(.*)\| *(\d+) *\|$/gm);
  return Array.from(rows, ([, id, sentence, points]) => {
    return { id, text: sentence.trim(), points: Number(points) };
  });
}
