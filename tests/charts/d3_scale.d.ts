/** What is used of d3-scale here; it ships no types. */

/** A figure as a place in the picture, and round figures between. */
export interface Scale {
  (value: number): number;
  ticks(count: number): number[];
  /** Of a logarithmic axis it gives "" for figures between those that have a label. */
  tickFormat(count: number, specifier?: string): (value: number) => string;
}

/** A scale from 0. */
export interface LinearScale extends Scale {
  nice(count: number): Scale;
}

export function scaleLinear(domain: readonly number[], range: readonly number[]): LinearScale;
export function scaleLog(domain: readonly number[], range: readonly number[]): Scale;
