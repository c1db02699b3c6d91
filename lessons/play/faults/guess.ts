/** What is drawn, and what is said to a guess: the same in the terminal and on the page. */
import { brokenSource } from "./broken_server.ts";
import type { Fault } from "./fault.ts";
import { FAULTS, looksLike } from "./faults.ts";

/** Seeds are short, so that one can be told to somebody. */
export const MOST_SEED = 9999;
/** Seeds that follow each other draw servers that don't. */
const SPREAD = 0x9e3779b1;

/** What is said to a guess. */
export interface Judged {
  readonly right: boolean;
  readonly words: string;
}

/** A seed by chance. */
export function anySeed(): number {
  return Math.floor(Math.random() * (MOST_SEED + 1));
}

/**
 * The fault that a seed draws.
 *
 * @param lesson of which; undefined: of any.
 * @param first the names of those that are drawn before all others.
 */
export function drawFault(seed: number, lesson?: number, first: readonly string[] = []): Fault {
  const all = lesson === undefined ? [...FAULTS.values()].flat() : FAULTS.get(lesson) ?? [];
  const again = all.filter((fault) => first.includes(nameOf(fault)));
  const from = again.length > 0 ? again : all;
  return from[(Math.imul(seed + 1, SPREAD) >>> 0) % from.length];
}

/** By which it is remembered: `4_grows`. */
export function nameOf({ file }: Fault): string {
  return file.replace(/\.\w+$/, "");
}

/** The number of its lesson. */
export function lessonOfFault({ file }: Fault): number {
  return Number(file[0]);
}

/** Whether the server breaks the claim, and what is to be said of it. */
export function judge(fault: Fault, claim: string): Judged {
  const { loses, wrong } = brokenSource(fault.file);
  if (loses.includes(claim)) {
    const others = loses.filter((id) => id !== claim);
    const besides = others.length === 0 ? "" : ` With ${claim} it loses ${others.join(", ")}.`;
    const seen = `A right server: ${fault.right} This one: ${fault.here}`;
    return { right: true, words: `It breaks ${claim}: ${wrong}${besides} ${seen}` };
  }
  const look = looksLike(claim);
  if (look === undefined) return { right: false, words: `There is no claim ${claim} here.` };
  return {
    right: false,
    words: `Not ${claim}. On a server that breaks it you would have seen: ${look}`,
  };
}
