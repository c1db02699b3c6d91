/** A lesson's scenes, played once and kept: what a page shows again, and the same on paper. */
import { stripAnsiCode } from "@std/fmt/colors";
import type { Lesson } from "../../catalogue.ts";
import { measure } from "../../play/measure.ts";
import type { Prediction } from "../../play/prediction.ts";
import { PREDICTIONS } from "../../play/predictions.ts";
import type { LabEvent } from "../lanes/events.ts";
import { Run } from "../run/run.ts";
import { playShown } from "../run/play_shown.ts";
import { SCENES } from "../scenes/scenes.ts";
import { drawLanes } from "../screen/draw.ts";

/** What fits on a sheet of A4. */
export const PAPER_COLUMNS = 80;
/** A machine may be too busy for a scene, once or twice. */
const MOST_TRIES = 3;

/** A scene that was played. */
export interface RecordedScene {
  /** The claim that it shows: `3.C1`. */
  readonly claim: string;
  /** What is to be seen, in a sentence. */
  readonly words: string;
  readonly events: readonly LabEvent[];
  /** The lanes as text, a line each. */
  readonly lanes: readonly string[];
}

/** What a prediction came out as. */
export interface RecordedValue {
  /** The prediction's. */
  readonly id: string;
  readonly value: number;
  readonly words: string;
  readonly events: readonly LabEvent[];
}

/** A scene that did not show what it is to show; the message says which and why, in one line. */
export class NotShown extends Error {
  override name = "NotShown";
}

/** Is told each run before it starts, to be able to end it. */
export type OnRun = (run: Run) => void;

/** Plays all scenes of a lesson, one after the other. Throws `NotShown`, `ServerFailed`. */
export async function recordScenes(lesson: Lesson, onRun: OnRun): Promise<RecordedScene[]> {
  const recorded: RecordedScene[] = [];
  for (const scene of SCENES.get(lesson.number) ?? []) {
    const { run, seen, trouble } = await playShown(scene, lesson, { newRun: () => told(onRun) });
    if (seen === undefined) {
      throw new NotShown(`the scene of ${scene.claim}: ${trouble ?? "this run does not show it"}`);
    }
    const lanes = drawLanes(run.lanes, PAPER_COLUMNS).map(stripAnsiCode);
    recorded.push({ claim: scene.claim, words: seen, events: run.events, lanes });
  }
  return recorded;
}

/** Measures all predictions of a lesson, one after the other. Throws `NotShown`, `ServerFailed`. */
export async function recordValues(lesson: Lesson, onRun: OnRun): Promise<RecordedValue[]> {
  const recorded: RecordedValue[] = [];
  for (const prediction of PREDICTIONS.get(lesson.number) ?? []) {
    recorded.push(await recordValue(prediction, lesson, onRun));
  }
  return recorded;
}

async function recordValue(
  prediction: Prediction,
  lesson: Lesson,
  onRun: OnRun,
): Promise<RecordedValue> {
  const { id } = prediction;
  for (let tries = 1;; tries++) {
    let run = new Run();
    const newRun = () => run = told(onRun);
    const { value, words } = await measure(prediction, lesson, { newRun });
    if (value !== undefined) return { id, value, words, events: run.events };
    if (tries === MOST_TRIES) throw new NotShown(`the prediction ${id}: ${words}`);
  }
}

function told(onRun: OnRun): Run {
  const run = new Run();
  onRun(run);
  return run;
}
