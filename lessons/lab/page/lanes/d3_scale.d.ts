/** What is used of d3-scale, which ships no types. */

/** A value of one range as one of another, and round values between. */
export interface LinearScale {
  (value: number): number;
  ticks(count: number): number[];
}

export function scaleLinear(domain: [number, number], range: [number, number]): LinearScale;
