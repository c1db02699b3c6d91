/** Numbers that look random and are the same for the same seed, so that a run can be repeated. */

/** Returns the next number, from 0 up to 1. */
export type Random = () => number;

/**
 * A generator of its own for each use: what one experiment draws does not depend on another's.
 * The algorithm is mulberry32, which is in the public domain.
 *
 * @param seed a whole number.
 * @param use what it is for, such as a claim's id.
 */
export function seededRandom(seed: number, use: string): Random {
  let state = seed | 0;
  for (const character of use) state = Math.imul(state ^ character.charCodeAt(0), 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** A whole number from `least` to `most`; each magnitude is as likely as any other. */
export function ofAnyMagnitude(random: Random, least: number, most: number): number {
  return Math.round(least * (most / least) ** random());
}

/** The items in a drawn order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const drawn = [...items];
  for (let last = drawn.length - 1; last > 0; last--) {
    const at = between(random, 0, last);
    [drawn[last], drawn[at]] = [drawn[at], drawn[last]];
  }
  return drawn;
}

/** A seed that nobody chose. */
export function anySeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}
