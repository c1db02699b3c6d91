/**
 * Refuses options that make no sense. To be called before anything is opened or started: so whoever
 * gets the error has nothing to close. Nobody behind it checks again.
 */
import type { ServeOptions } from "../options.ts";
import { IDLE_TIMEOUT_MS, SIZES } from "../sizes.ts";

/** What a whole number may be, by the name of the option. */
const RANGES = { port: { least: 0, most: 65_535 }, ...SIZES };

/** Throws a `RangeError` that names the option, what it may be, and what it is. */
export function checkOptions(options: ServeOptions): void {
  for (const [name, { least, most }] of Object.entries(RANGES)) {
    const value = options[name as keyof typeof RANGES];
    if (value === undefined) continue;
    if (Number.isInteger(value) && least <= value && value <= most) continue;
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
  const { idleTimeoutMs = 0 } = options;
  const { most } = IDLE_TIMEOUT_MS;
  if (!(0 <= idleTimeoutMs && idleTimeoutMs <= most)) {
    throw new RangeError(`idleTimeoutMs must be a number from 0 to ${most}, not ${idleTimeoutMs}`);
  }
}
