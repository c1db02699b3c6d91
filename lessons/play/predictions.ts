/** All predictions, by lesson. */
import type { Prediction } from "./prediction.ts";
import { lesson1 } from "./predictions/lesson1.ts";
import { lesson2 } from "./predictions/lesson2.ts";
import { lesson3 } from "./predictions/lesson3.ts";
import { lesson4 } from "./predictions/lesson4.ts";
import { lesson5 } from "./predictions/lesson5.ts";
import { lesson6 } from "./predictions/lesson6.ts";
import { lesson7 } from "./predictions/lesson7.ts";

/** The predictions of each lesson; those that the lesson's text begins with come first. */
export const PREDICTIONS: ReadonlyMap<number, readonly Prediction[]> = new Map([
  [1, lesson1],
  [2, lesson2],
  [3, lesson3],
  [4, lesson4],
  [5, lesson5],
  [6, lesson6],
  [7, lesson7],
]);
