/**
 * When the successor of a thread or process that died is started. One that dies soon after its start
 * may do so again, and so may the next: each of them comes later, or starting them would take all of
 * the CPU. Who has lived for a while is replaced at once, or nearly.
 */

/** Who dies sooner after its start died early; something may be wrong with it. */
const EARLY_MS = 1000;
/** The least wait, in ms; it doubles with each early death. */
export const SOON_MS = 20;
const LATEST_MS = 5000;

/**
 * How many in one place, one after the other, have died early.
 *
 * @param before how many before this one.
 * @param livedMs from its start to its death.
 */
export function earlyDeaths(before: number, livedMs: number): number {
  return livedMs < EARLY_MS ? before + 1 : 0;
}

/** How long to wait, in ms, before the next one is started. */
export function waitForNextMs(early: number): number {
  return Math.min(SOON_MS * 2 ** early, LATEST_MS);
}
