/** Figures out of many: the one in the middle, and the one that a few are above. */

/**
 * The value below which the given part of the values lies; for a half, the median.
 *
 * @throws RangeError when there are none.
 */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = values.toSorted((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place % 1);
}

/** The value in the middle; between two, their mean. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
