/**
 * A hint that fits the program: `{for a file|for any program}` in it stands for one of the two. Nobody
 * who writes C is to look for a missing `await`.
 */
import type { Target } from "../server/target.ts";

/** @returns the hint, with what is meant for this kind of program. */
export function fittingHint(hint: string, { kind }: Target): string {
  return hint.replace(/\{([^{}|]*)\|([^{}|]*)\}/g, kind === "file" ? "$1" : "$2");
}
