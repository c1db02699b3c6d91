/**
 * A mistake that students make in an exercise, and what the first screen of the grader has to say to it.
 */
import type { Edit } from "../solved_exercise.ts";

/** A mistake: what it is, the edits, and a pattern for the first 24 lines. */
export type Mistake = readonly [
  lesson: number,
  name: string,
  edits: readonly Edit[],
  screen: RegExp,
];
