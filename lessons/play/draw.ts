/** Which questions are asked, and in which order: what was missed comes first, the rest by chance. */

/** A number from 0 to 1, without 1: `Math.random`, or one that a test chooses. */
export type Chance = () => number;

/** The same things in an order of chance. */
export function shuffled<T>(things: readonly T[], chance: Chance): T[] {
  return things.map((thing) => ({ thing, place: chance() }))
    .sort((a, b) => a.place - b.place).map(({ thing }) => thing);
}

/** All of a bank: first those that were missed, in that order, then the others in theirs. */
export function firstMissed<T extends { readonly id: string }>(
  bank: readonly T[],
  missed: readonly string[],
): T[] {
  const again = missed.flatMap((id) => bank.find((one) => one.id === id) ?? []);
  return [...again, ...bank.filter((one) => !again.includes(one))];
}

/** So many of a bank: first those that were missed, in that order, then others by chance. */
export function drawn<T extends { readonly id: string }>(
  bank: readonly T[],
  missed: readonly string[],
  count: number,
  chance: Chance,
): T[] {
  return firstMissed(shuffled(bank, chance), missed).slice(0, count);
}
