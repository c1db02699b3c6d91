/** How far predictions missed, first and later: for who learns, and for who collects it. */
import { meanFactor } from "./hit.ts";
import type { Off } from "./score.ts";

/**
 * By which factor the first predictions missed, and, of those that were made again, the first and the
 * last ones; geometric means, each in a sentence. None when nothing was predicted.
 */
export function offSentences(off: ReadonlyMap<string, Off>): string[] {
  const all = [...off.values()];
  if (all.length === 0) return [];
  const again = all.filter(({ last }) => last !== undefined);
  const firsts = `first predictions off by x${mean(all.map(({ first }) => first))}` +
    ` (${counted(all.length)})`;
  if (again.length === 0) return [firsts];
  const [before, after] = [
    again.map(({ first }) => first),
    again.map(({ last = 1 }) => last),
  ].map(mean);
  return [firsts, `${counted(again.length)} made again: x${before} at first, x${after} at last`];
}

function mean(factors: readonly number[]): string {
  return meanFactor(factors).toFixed(2);
}

function counted(count: number): string {
  return `${count} prediction${count === 1 ? "" : "s"}`;
}
