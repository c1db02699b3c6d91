/**
 * The claims of a lesson: each pro and con that its README states, with points, and the experiment
 * behind it. An id that stands in one place and not in the other is an error.
 */
import { assertEquals } from "@std/assert";
import { ConnectionLost } from "./client.ts";
import { ClaimFailed, Experiment, Inconclusive, type Step } from "./experiment.ts";
import { procExists } from "./proc.ts";
import { anySeed, seededRandom } from "./random.ts";
import type { Target } from "./target.ts";

/** Who may see how a claim came out, in the words of Gradescope; others show all of them. */
export type Visibility = "visible" | "hidden" | "after_due_date" | "after_published";

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

/** For one try of one claim. On two idle cores the longest takes 3 s. */
const LIMIT_MS = 30_000;
const ROOT = new URL("../../", import.meta.url);

/** The lesson's own server: the model that it is about. */
export function referenceTarget(lesson: number): Target {
  const file = fileOf("models/", new RegExp(`^${lesson}_.*\\.ts$`));
  const url = new URL(`models/${file}`, ROOT).href;
  const processes = startsProcesses(lesson) ? "trusted" : undefined;
  return { kind: "file", name: `models/${file}`, url, processes };
}

/** Whether the lesson is about processes, which its server has to start. */
export function startsProcesses(lesson: number): boolean {
  return lesson === 6;
}

/**
 * Joins a lesson's experiments with the table in its README. When `deno test` runs the lesson's file
 * it also registers a test for each claim, which tries it on the lesson's own model.
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
  // Whoever imports the lesson's file wants the claims only.
  if (!Deno.mainModule.endsWith(`/tests/lesson${lesson}_test.ts`)) {
    return { lesson, folder, claims };
  }
  const target = referenceTarget(lesson);
  for (const claim of claims) {
    const skipped = procExists ? "" : " (skipped: needs Linux's /proc)";
    Deno.test({ name: `${claim.id} ${claim.text}${skipped}`, ignore: !procExists }, async () => {
      const verdict = await tryClaim(claim, target);
      assertEquals(verdict.status, "pass", failureText(verdict));
    });
  }
  return { lesson, folder, claims };
}

/**
 * Runs the claim's experiment on the target once.
 *
 * @param seed what the experiment draws its values from.
 * @throws TargetError when the target cannot be started.
 */
export async function tryClaim(claim: Claim, target: Target, seed = anySeed()): Promise<Verdict> {
  const t = new Experiment(target, seededRandom(seed, claim.id));
  const { promise: late, reject } = Promise.withResolvers<never>();
  const limit = setTimeout(
    () => reject(new Inconclusive("the time for one claim is over")),
    LIMIT_MS,
  );
  try {
    const experiment = claim.experiment(t);
    const measured = await Promise.race([experiment, late]);
    return { status: "pass", measured, steps: t.steps };
  } catch (error) {
    // What the clean-up does is not part of it.
    return verdictOf(error, [...t.steps]);
  } finally {
    clearTimeout(limit);
    await t.end();
  }
}

function verdictOf(error: unknown, steps: readonly Step[]): Verdict {
  if (error instanceof ClaimFailed) {
    return { status: "fail", measured: error.message, hint: error.hint, steps };
  }
  if (error instanceof ConnectionLost) {
    const hint = "A connection is closed by the client, at QUIT, or at a protocol error.";
    return { status: "fail", measured: error.message, hint, steps };
  }
  if (error instanceof Inconclusive) {
    return { status: "inconclusive", measured: error.message, steps };
  }
  throw error;
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
  const rows = text.matchAll(/^\| *(\d\.[PCR]\d) *\|(.*)\| *(\d+) *\|$/gm);
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
