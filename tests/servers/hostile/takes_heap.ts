/** Fills the JavaScript heap, up to 2 GB, with numbers. */
import { type Options } from "./kit.ts";

const kept: number[][] = [];

export function serve(_options: Options): never {
  while (kept.length < 250) kept.push(new Array(1_000_000).fill(0.5));
  throw new Error("2 GB, and nobody minded");
}
