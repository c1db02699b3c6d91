/**
 * Refuses options that make no sense. To be called before anything is opened or started: so whoever
 * gets the error has nothing to close.
 */
import type { ServeOptions } from "./options.ts";

/** The most threads or processes that a server may be told to have. */
export const MOST_THREADS = 256;
/** A longer timer fires at once: Deno, as every browser, keeps 32 bits of it. */
const LONGEST_MS = 2 ** 31 - 1;

/** What a whole number may be, by the name of the option. */
const RANGES: { readonly [name in keyof ServeOptions]?: readonly [least: number, most: number] } = {
  port: [0, 65_535],
  maxConnections: [1, 1_000_000],
  workers: [1, MOST_THREADS],
  threads: [1, MOST_THREADS],
  maxEventThreads: [1, MOST_THREADS],
  processes: [1, MOST_THREADS],
};

/** Throws a `RangeError` that names the option, what it may be, and what it is. */
export function checkOptions(options: ServeOptions): void {
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = options[name as keyof ServeOptions];
    if (value === undefined) continue;
    if (Number.isInteger(value) && least <= Number(value) && Number(value) <= most) continue;
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
  const { idleTimeoutMs = 0 } = options;
  if (!(0 <= idleTimeoutMs && idleTimeoutMs <= LONGEST_MS)) {
    throw new RangeError(
      `idleTimeoutMs must be a number from 0 to ${LONGEST_MS}, not ${idleTimeoutMs}`,
    );
  }
}
