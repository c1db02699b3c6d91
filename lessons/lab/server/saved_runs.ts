/** Runs that lie in files, and can be shown on the page. */
import type { LabEvent } from "../lanes/events.ts";
import type { Proof } from "../lanes/proof.ts";
import type { SavedGrade } from "../save/grade_file.ts";
import type { SavedRun } from "../save/run_file.ts";

/** One that can be shown. */
export interface ShownRun {
  readonly name: string;
  readonly lesson: number;
  readonly events: readonly LabEvent[];
  readonly proof?: Proof;
}

/** Those of one file; `title` says what it is. The first one is shown first. */
export interface SavedRuns {
  readonly title: string;
  readonly runs: readonly ShownRun[];
}

/** A run that `--trace-file` or the page has saved. */
export function savedRun(file: string, { lesson = 0, events }: SavedRun): SavedRuns {
  return { title: "a run that was saved", runs: [{ name: file, lesson, events }] };
}

/** A grade, what was lost before what was gained. */
export function savedGrade({ target, claims }: SavedGrade): SavedRuns {
  const runs = claims.map(({ proof, ...run }): ShownRun => ({ name: proof.claim, proof, ...run }));
  const lost = runs.filter(({ proof }) => proof?.status !== "pass");
  const gained = runs.filter(({ proof }) => proof?.status === "pass");
  return { title: `the grade of ${target}`, runs: [...lost, ...gained] };
}
