/**
 * The canonical result of a grading: what `--json` writes, and what every platform's format is made
 * from. Points are whole numbers, and totals are sums of the rows.
 */
import type { Claim, LessonClaims, Visibility } from "../experiment/claims.ts";
import { NOBODY, type ThreadSeen } from "../experiment/seen.ts";
import type { Step } from "../experiment/step.ts";
import type { Tried } from "../experiment/try_until_clear.ts";
import type { Verdict } from "../experiment/verdict.ts";
import { plainText } from "./plain_text.ts";

/** The format's name; it changes when a field's meaning does. */
export const SCHEMA = "connfd/grade/v1";

/** One claim, graded. */
export interface ClaimResult {
  readonly id: string;
  /** The claim in a sentence. */
  readonly text: string;
  readonly status: Verdict["status"];
  /** `max_score` for a pass, otherwise 0. */
  readonly score: number;
  readonly max_score: number;
  /** What was measured, or what was seen instead of what is claimed. */
  readonly measured: string;
  /** The likely cause of a failure; empty when there is none. */
  readonly hint: string;
  /** Where the lesson explains it: a file from the project's folder, and a heading in it. */
  readonly section: string;
  /** How often the experiment was run: more than once when it could not tell at first. */
  readonly tries: number;
  /** How long all its tries took. */
  readonly duration_ms: number;
  /** What was done and seen in the last try. */
  readonly steps: readonly Step[];
  /** What the server has written meanwhile: lines that are worth showing. */
  readonly said: readonly string[];
  /** The clients of the last try, by their names in the steps. */
  readonly clients: readonly string[];
  /** The threads that the servers had at the end of the last try. */
  readonly threads: readonly ThreadSeen[];
  /** Who may see this row; a platform that knows no such thing shows it. */
  readonly visibility: Visibility;
}

/** One lesson, graded. */
export interface LessonResult {
  readonly lesson: number;
  /** Such as `3-io-multiplexing`. */
  readonly name: string;
  readonly score: number;
  readonly max_score: number;
  /** Why none of its claims could be tried; empty when they could. */
  readonly error: string;
  readonly claims: readonly ClaimResult[];
}

/** A whole grading. */
export interface GradeResult {
  readonly schema: typeof SCHEMA;
  /** What was graded: a file's path or a command. */
  readonly target: string;
  /** Gives the same experiments again: `--seed`. */
  readonly seed: number;
  /** When it began, as ISO 8601 in UTC. */
  readonly started_at: string;
  readonly duration_ms: number;
  readonly score: number;
  readonly max_score: number;
  /** The errors of all lessons; empty when there are none. */
  readonly error: string;
  readonly lessons: readonly LessonResult[];
}

/** The heading under which each lesson tells how its claims are tried. */
const SECTION = "pros-and-cons";

/** What a row may hold: a server that floods its clients must not flood the reports too. */
const MOST_CHARACTERS = 500, MOST_STEP_CHARACTERS = 200, FIRST_STEPS = 100, LAST_STEPS = 100;
const MOST_SAID = 20;

/** Turns a verdict into a row. Every text that the server had a say in is made plain here. */
export function claimResult(
  { folder }: LessonClaims,
  claim: Claim,
  { verdict, tries, durationMs }: Tried,
): ClaimResult {
  const { clients, threads } = verdict.seen ?? NOBODY;
  const passed = verdict.status === "pass";
  return {
    id: claim.id,
    text: plainText(claim.text, MOST_CHARACTERS),
    status: verdict.status,
    score: passed ? claim.points : 0,
    max_score: claim.points,
    measured: plainText(verdict.measured, MOST_CHARACTERS),
    hint: passed ? "" : plainText(verdict.hint ?? "", MOST_CHARACTERS),
    section: `lessons/${folder}/README.md#${SECTION}`,
    tries,
    duration_ms: Math.round(durationMs),
    steps: plainSteps(verdict.steps),
    said: (verdict.said ?? []).slice(0, MOST_SAID).map((one) => plainText(one, MOST_CHARACTERS)),
    clients: clients.map((name) => plainText(name, MOST_STEP_CHARACTERS)),
    threads: threads.map((one) => ({ ...one, name: plainText(one.name, MOST_STEP_CHARACTERS) })),
    visibility: claim.visibility ?? "visible",
  };
}

function plainSteps(steps: readonly Step[]): Step[] {
  const plain = ({ atMs, who, what }: Step) => ({
    atMs: Math.round(atMs),
    who: plainText(who, MOST_STEP_CHARACTERS),
    what: plainText(what, MOST_STEP_CHARACTERS),
  });
  const leftOut = steps.length - FIRST_STEPS - LAST_STEPS;
  if (leftOut <= 0) return steps.map(plain);
  const first = steps.slice(0, FIRST_STEPS), last = steps.slice(-LAST_STEPS);
  const note = { atMs: last[0].atMs, who: "grader", what: `leaves out ${leftOut} steps` };
  return [...first, note, ...last].map(plain);
}

/** Adds up rows, of claims or of lessons. */
export function totals(
  rows: readonly { score: number; max_score: number }[],
): { score: number; max_score: number } {
  return {
    score: rows.reduce((sum, row) => sum + row.score, 0),
    max_score: rows.reduce((sum, row) => sum + row.max_score, 0),
  };
}
