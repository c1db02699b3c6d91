/** How good a prediction was, and how its number is written. */

/** How far a predicted time may be off: a quarter; shorter ones than this don't count. */
const TOLERANCE = 0.25, SMALL_MS = 25;

/** Whether a prediction is good enough: a count has to be right, a time may be off by a quarter. */
export function isHit(predicted: number, measured: number, unit: string): boolean {
  if (unit !== "ms") return predicted === measured;
  return Math.abs(predicted - measured) <= Math.max(SMALL_MS, measured * TOLERANCE);
}

/**
 * By which factor two numbers differ: 2 for half as much and for twice as much, 1 for the same. One is
 * added to both, so that nothing at all has a factor too.
 */
export function factorBetween(one: number, other: number): number {
  return (Math.max(one, other) + 1) / (Math.min(one, other) + 1);
}

/** The geometric mean of factors; 1 of none. */
export function meanFactor(factors: readonly number[]): number {
  if (factors.length === 0) return 1;
  return Math.exp(factors.reduce((sum, one) => sum + Math.log(one), 0) / factors.length);
}

/** A number with its unit: `1213 ms`, `1 thread`. */
export function withUnit(value: number, unit: string): string {
  if (value !== 1 || unit === "ms") return `${value} ${unit}`;
  return `1 ${unit === "processes" ? "process" : unit.replace(/s$/, "")}`;
}
