/** What a page asks on a lesson, for the games on it. */
import type { Question } from "./questions.ts";
import type { Prediction } from "./prediction.ts";

/** A prediction as somebody is asked for it, and why it is so. */
export type AskedPrediction = Pick<Prediction, "id" | "asks" | "here" | "unit" | "why">;

/** All that is asked on a lesson. */
export interface Asked {
  readonly lesson: number;
  readonly predictions: readonly AskedPrediction[];
  readonly questions: readonly Question[];
}
