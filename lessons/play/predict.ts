/**
 * `deno task predict 3`: one commits to a number, then a scene is played on the lesson's server, and
 * both stand on one axis. What was missed is asked again first.
 */
import { askOnInput } from "./asking.ts";
import { firstMissed } from "./draw.ts";
import { measure } from "./measure.ts";
import { playMain } from "./play_main.ts";
import { runPredict } from "./predict_run.ts";
import { PREDICTIONS } from "./predictions.ts";
import { recordAnswer } from "./progress_file.ts";

if (import.meta.main) {
  await playMain("predict", "Predict, then measure", "all of the lesson", async (wanted) => {
    const { lesson, missed, questions } = wanted;
    // What was not missed comes as the lesson asks it: its first questions first.
    const predictions = firstMissed(PREDICTIONS.get(lesson.number) ?? [], missed);
    await runPredict({
      lesson,
      predictions: predictions.slice(0, questions),
      ask: askOnInput(),
      measure: (prediction) => measure(prediction, lesson),
      record: (id, right, off) =>
        recordAnswer({ game: "predict", lesson: lesson.number, id, right, off }),
    });
  });
}
