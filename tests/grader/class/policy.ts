/**
 * An instructor's policy: claims that do not count, or count otherwise, and what lateness costs. It is
 * applied to results, and not while they come about: another policy needs no grading.
 *
 *   {
 *     "leave_out": ["3.C2"],
 *     "points": { "3.P1": 5 },
 *     "late": { "free_days": 1, "percent_per_day": 10, "most_percent": 50 }
 *   }
 */
import { UsageError } from "../../../lessons/tools/flags.ts";
import { type GradeResult, totals } from "../report/result.ts";

/** What lateness costs. */
export interface LatePolicy {
  /** Days that cost nothing. */
  readonly free_days: number;
  readonly percent_per_day: number;
  /** No more is taken than that. */
  readonly most_percent: number;
}

/** A policy file, understood. */
export interface Policy {
  readonly leave_out: readonly string[];
  readonly points: Readonly<Record<string, number>>;
  readonly late: LatePolicy;
}

/** Where there is no file: everything counts as the lesson has it, and lateness costs nothing. */
export const NO_POLICY: Policy = {
  leave_out: [],
  points: {},
  late: { free_days: 0, percent_per_day: 0, most_percent: 100 },
};

const MOST_POINTS = 1000;

/** @throws UsageError when the file cannot be read, or says something that is not understood. */
export function readPolicy(path: string): Policy {
  const refuse = (why: string) => new UsageError(`--policy: ${path}: ${why}`);
  let file: unknown;
  try {
    file = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    throw refuse(`cannot be read as JSON: ${(error as Error).message.split("\n")[0]}`);
  }
  const { leave_out = [], points = {}, late = {}, ...rest } = recordOf(file, refuse);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw refuse(`'${unknown}' is not leave_out, points or late`);
  if (!Array.isArray(leave_out) || !leave_out.every((id) => typeof id === "string")) {
    throw refuse("leave_out is a list of claims, such as 3.C2");
  }
  const policy = { leave_out, points: numbers(points, "points", MOST_POINTS, refuse) };
  if (!Object.values(policy.points).every(Number.isInteger)) {
    throw refuse("points are whole numbers");
  }
  return { ...policy, late: lateOf(numbers(late, "late", 100, refuse), refuse) };
}

function lateOf(late: Record<string, number>, refuse: (why: string) => Error): LatePolicy {
  const known = { ...NO_POLICY.late, ...late };
  const unknown = Object.keys(known).find((name) => !(name in NO_POLICY.late));
  if (unknown !== undefined) {
    throw refuse(`late: '${unknown}' is not ${Object.keys(NO_POLICY.late).join(", ")}`);
  }
  return known;
}

function numbers(
  value: unknown,
  what: string,
  most: number,
  refuse: (why: string) => Error,
): Record<string, number> {
  const record = recordOf(value, refuse);
  for (const [name, number] of Object.entries(record)) {
    const right = typeof number === "number" && number >= 0 && number <= most;
    if (!right) throw refuse(`${what}: '${name}' is a number from 0 to ${most}`);
  }
  return record as Record<string, number>;
}

function recordOf(value: unknown, refuse: (why: string) => Error): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw refuse('it is an object, such as { "leave_out": ["3.C2"] }');
}

/** @throws UsageError when the policy names a claim that there is not. */
export function checkPolicy({ leave_out, points }: Policy, ids: readonly string[]): void {
  const unknown = [...leave_out, ...Object.keys(points)].find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(`--policy: there is no claim ${unknown}; there are ${ids.join(", ")}`);
}

/** The result as the policy counts it; the verdicts are what they were. */
export function byPolicy(result: GradeResult, { leave_out, points }: Policy): GradeResult {
  const lessons = result.lessons.map((lesson) => {
    const claims = lesson.claims.filter(({ id }) => !leave_out.includes(id)).map((row) => {
      const max_score = points[row.id] ?? row.max_score;
      return { ...row, max_score, score: row.status === "pass" ? max_score : 0 };
    });
    return { ...lesson, claims, ...totals(claims) };
  });
  return { ...result, lessons, ...totals(lessons) };
}

/** Points after what lateness costs, to a hundredth. */
export function afterLateness(score: number, days: number, { late }: Policy): number {
  const counted = Math.max(0, days - late.free_days);
  const percent = Math.min(late.most_percent, counted * late.percent_per_day);
  return Math.round(score * (100 - percent)) / 100;
}
