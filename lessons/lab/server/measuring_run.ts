/** A run in which a prediction is measured, while the page looks on. */
import type { Lesson } from "../../catalogue.ts";
import { measure, type Measurement } from "../../play/measure.ts";
import type { Prediction } from "../../play/prediction.ts";
import { PlayedRun } from "./played_run.ts";

/** Runs of which some measure. */
export abstract class MeasuringRun extends PlayedRun {
  #measuring = false;

  /** Plays a prediction's scene, and measures; what is asked for meanwhile waits. Throws `ServerFailed`. */
  measure(prediction: Prediction, lesson: Lesson): Promise<Measurement> {
    return this.next(async () => {
      this.#measuring = true;
      try {
        const newRun = async () => {
          const run = await this.begin(lesson.number);
          this.tell({ running: true }, run);
          return run;
        };
        const measured = await measure(prediction, lesson, { newRun });
        if (this.run) this.tell({ words: measured.words }, this.run);
        return measured;
      } finally {
        this.#measuring = false;
        if (this.run) this.tell({ running: false }, this.run);
      }
    });
  }

  /** Has a scene that is measured end now, instead of when it is over. */
  protected breakOff(): void {
    if (this.#measuring) this.run?.stop();
  }
}
