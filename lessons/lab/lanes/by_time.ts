/** Lists that are kept in the order of time. */

/** Something that has a time. */
export interface Timed {
  readonly us: number;
}

/** Puts the item where its time says: nearly always at the end, and never far from it. */
export function insertByTime<T extends Timed>(list: T[], item: T): void {
  let at = list.length;
  while (at > 0 && list[at - 1].us > item.us) at--;
  if (at === list.length) list.push(item);
  else list.splice(at, 0, item);
}

/** The first position from which on `isBehind` is true; it must not become false again. */
export function firstPosition(length: number, isBehind: (position: number) => boolean): number {
  let low = 0, high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The position of the last item at or before a time; -1 when there is none. */
export function lastAt(list: readonly Timed[], us: number): number {
  return firstPosition(list.length, (position) => list[position].us > us) - 1;
}
