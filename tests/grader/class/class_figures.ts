/** A class in figures: per claim how many failed, and with which failure. */
import { claimsOf, type ClassRow } from "../report/summary.ts";
import type { ClaimResult } from "../report/result.ts";

/** One way in which a claim failed, and how often. */
export interface Failure {
  readonly count: number;
  /** Of one of them. */
  readonly measured: string;
  readonly hint: string;
}

/** A claim, over the class. */
export interface ClaimFigures {
  readonly id: string;
  readonly text: string;
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  /** The most frequent first. */
  readonly failures: readonly Failure[];
}

/** Those who could not be started fail in everything, for one reason: they are told apart. */
export function wasStarted({ result }: ClassRow): boolean {
  return result !== undefined && result.error === "";
}

/** The figures of each claim, of those whose server was started. */
export function claimFigures(rows: readonly ClassRow[]): ClaimFigures[] {
  const claims = rows.filter(wasStarted).flatMap(({ result }) => claimsOf(result));
  const byId = Map.groupBy(claims, ({ id }) => id);
  return Array.from(byId, ([id, all]) => {
    const count = (status: string) => all.filter((one) => one.status === status).length;
    return {
      id,
      text: all[0].text,
      passed: count("pass"),
      failed: count("fail"),
      inconclusive: count("inconclusive"),
      failures: failuresOf(all.filter(({ status }) => status === "fail")),
    };
  });
}

/** Two failures are the same when they differ in numbers and quotations only. */
function failuresOf(claims: readonly ClaimResult[]): Failure[] {
  const same = ({ measured }: ClaimResult) =>
    measured.replace(/\d+([.,]\d+)*/g, "#").replace(/'[^']*'|"[^"]*"/g, "…");
  const groups = Array.from(Map.groupBy(claims, same).values());
  return groups.map((all) => ({ count: all.length, measured: all[0].measured, hint: all[0].hint }))
    .sort((a, b) => b.count - a.count);
}

/** How many have how many tenths of the points: eleven numbers, from none to all. */
export function tenths(rows: readonly ClassRow[]): number[] {
  const counts = new Array<number>(11).fill(0);
  for (const { result } of rows) {
    if (result === undefined || result.max_score === 0) continue;
    counts[Math.floor(10 * result.score / result.max_score)]++;
  }
  return counts;
}

/** The one in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
