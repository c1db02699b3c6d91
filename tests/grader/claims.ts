/**
 * The claims of a lesson: each pro and con that its README states, with points, and the experiment
 * behind it. An id that stands in one place and not in the other is an error.
 */
import { assertEquals } from "@std/assert";
import { ConnectionLost } from "./client.ts";
import { ClaimFailed, Experiment, Inconclusive, type Step } from "./experiment.ts";
import type { Target } from "./target.ts";

/** What an experiment found out. */
export interface Verdict {
  readonly status: "pass" | "fail" | "inconclusive";
  /** What was measured, or what was seen instead of what was claimed. */
  readonly measured: string;
  /** When it failed: the likely cause, and what to do about it. */
  readonly hint?: string;
  /** What was done and seen, in order. */
  readonly steps: readonly Step[];
}

/** Tries out one claim. Returns what was measured; throws `ClaimFailed` or `Inconclusive`. */
export type ExperimentBody = (t: Experiment) => Promise<string>;

/** A pro or con with its experiment. */
export interface Claim {
  /** Such as `3.P1`: lesson 3, first pro; `C` for a con. */
  readonly id: string;
  /** The claim in a sentence, as the lesson's README states it. */
  readonly text: string;
  readonly points: number;
  readonly experiment: ExperimentBody;
}

/** A lesson and its claims. */
export interface LessonClaims {
  readonly lesson: number;
  /** The lesson's folder in `lessons/`. */
  readonly folder: string;
  readonly claims: readonly Claim[];
}

const ROOT = new URL("../../", import.meta.url);

/** The lesson's own server: the model that it is about. */
export function referenceTarget(lesson: number): Target {
  const file = fileOf("models/", new RegExp(`^${lesson}_.*\\.ts$`));
  return { kind: "file", name: `models/${file}`, url: new URL(`models/${file}`, ROOT).href };
}

/**
 * Joins a lesson's experiments with the table in its README. Under `deno test` it also registers a
 * test for each claim, which tries it on the lesson's own model.
 *
 * @throws Error when an id has no experiment, or an experiment no id.
 */
export function defineClaims(
  lesson: number,
  experiments: Readonly<Record<string, ExperimentBody>>,
): LessonClaims {
  const folder = fileOf("lessons/", new RegExp(`^${lesson}-`));
  const claims = tableOf(folder).map((row) => {
    const experiment = experiments[row.id];
    if (experiment === undefined) throw new Error(`lessons/${folder}: ${row.id} has no experiment`);
    return { ...row, experiment };
  });
  const known = new Set(claims.map(({ id }) => id));
  const unknown = Object.keys(experiments).filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`lessons/${folder} does not state ${unknown.join(", ")}`);
  const target = referenceTarget(lesson);
  for (const claim of claims) {
    Deno.test(`${claim.id} ${claim.text}`, async () => {
      const verdict = await tryClaim(claim, target);
      assertEquals(verdict.status, "pass", failureText(verdict));
    });
  }
  return { lesson, folder, claims };
}

/** Runs the claim's experiment on the target once. Throws `TargetError` when it can't be started. */
export async function tryClaim(claim: Claim, target: Target): Promise<Verdict> {
  const t = new Experiment(target);
  try {
    const measured = await claim.experiment(t);
    return { status: "pass", measured, steps: t.steps };
  } catch (error) {
    if (error instanceof ClaimFailed) {
      return { status: "fail", measured: error.message, hint: error.hint, steps: t.steps };
    }
    if (error instanceof ConnectionLost) {
      const hint = "A connection is closed by the client, at QUIT, or at a protocol error.";
      return { status: "fail", measured: error.message, hint, steps: t.steps };
    }
    if (error instanceof Inconclusive) {
      return { status: "inconclusive", measured: error.message, steps: t.steps };
    }
    throw error;
  } finally {
    await t.end();
  }
}

/** A verdict with its steps, for a person. */
export function failureText({ status, measured, hint, steps }: Verdict): string {
  const lines = steps.map(({ atMs, who, what }, i) =>
    `${String(i + 1).padStart(4)}. ${atMs.toFixed(0).padStart(5)} ms  ${who} ${what}`
  );
  return [`${status}: ${measured}`, ...lines, hint === undefined ? "" : `hint: ${hint}`].join("\n");
}

/** The rows `| 3.P1 | the claim | 3 |` of the lesson's README. */
function tableOf(folder: string): Omit<Claim, "experiment">[] {
  const text = Deno.readTextFileSync(new URL(`lessons/${folder}/README.md`, ROOT));
  const rows = text.matchAll(/^\| *(\d\.[PC]\d) *\|(.*)\| *(\d+) *\|$/gm);
  return Array.from(rows, ([, id, sentence, points]) => {
    return { id, text: sentence.trim(), points: Number(points) };
  });
}

function fileOf(folder: string, pattern: RegExp): string {
  for (const { name } of Deno.readDirSync(new URL(folder, ROOT))) {
    if (pattern.test(name)) return name;
  }
  throw new Error(`${folder} has nothing that matches ${pattern}`);
}
