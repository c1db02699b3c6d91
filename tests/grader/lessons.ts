/** The claims of every lesson. A new lesson is one line in each list. */
import { lesson1 } from "../lesson1_test.ts";
import { lesson2 } from "../lesson2_test.ts";
import { lesson3 } from "../lesson3_test.ts";
import { lesson4 } from "../lesson4_test.ts";
import { lesson5 } from "../lesson5_test.ts";
import { lesson6 } from "../lesson6_test.ts";
import { lesson7 } from "../lesson7_test.ts";
import type { LessonClaims } from "./claims.ts";

/** Every lesson that has claims, in order. */
export const LESSONS: readonly LessonClaims[] = [
  lesson1,
  lesson2,
  lesson3,
  lesson4,
  lesson5,
  lesson6,
  lesson7,
];
