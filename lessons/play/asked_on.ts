/** Gathers what a page asks on a lesson. */
import type { Lesson } from "../catalogue.ts";
import type { Asked } from "./asked.ts";
import { PREDICTIONS } from "./predictions.ts";
import { questionsOf } from "./quiz_file.ts";

/** All predictions and all questions of the lesson. */
export async function askedOn(lesson: Lesson): Promise<Asked> {
  return {
    lesson: lesson.number,
    predictions: (PREDICTIONS.get(lesson.number) ?? []).map(({ id, asks, here, unit, why }) => ({
      id,
      asks,
      here,
      unit,
      why,
    })),
    questions: await questionsOf(lesson),
  };
}
