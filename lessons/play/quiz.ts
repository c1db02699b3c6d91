/**
 * `deno task quiz 3`: questions on a lesson, from its `quiz.md`. What was missed is asked again first;
 * every wrong answer is told what would have to be so.
 */
import { askOnInput } from "./asking.ts";
import { drawn } from "./draw.ts";
import { withUnit } from "./hit.ts";
import { measure } from "./measure.ts";
import { playMain } from "./play_main.ts";
import { PREDICTIONS } from "./predictions.ts";
import { questionsOf } from "./quiz_file.ts";
import { runQuiz } from "./quiz_run.ts";
import { recordAnswer } from "./progress_file.ts";

/** How many are asked, unless one says so. */
const USUAL = 5;

if (import.meta.main) {
  await playMain("quiz", "Questions on a lesson", `${USUAL}`, async (wanted) => {
    const { lesson, missed, questions = USUAL } = wanted;
    await runQuiz({
      lesson,
      questions: drawn(await questionsOf(lesson), missed, questions, Math.random),
      ask: askOnInput(),
      chance: Math.random,
      async measure(id) {
        const prediction = PREDICTIONS.get(lesson.number)?.find((one) => one.id === id);
        if (prediction === undefined) return undefined;
        const { value } = await measure(prediction, lesson);
        return value === undefined ? undefined : { value, text: withUnit(value, prediction.unit) };
      },
      record: (id, right) => recordAnswer({ game: "quiz", lesson: lesson.number, id, right }),
    });
  });
}
