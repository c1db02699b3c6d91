/** Measures what a prediction is about: on the lesson's server, with the scene's clients, just now. */
import type { Lesson } from "../catalogue.ts";
import type { Lanes } from "../lab/lanes/lanes.ts";
import { playShown } from "../lab/run/play_shown.ts";
import { Run } from "../lab/run/run.ts";
import type { Prediction } from "./prediction.ts";

/** A time is measured at the scene's own pace: slower, it would be another time. */
const ONCE = [1];

/** How to measure. */
export interface MeasureOptions {
  /** How often the scene is tried, and how slow, until it shows what it is to show. */
  readonly slowness?: readonly number[];
  /** Makes each run, for who watches it. */
  readonly newRun?: () => Run | Promise<Run>;
}

/** What the scene showed. */
export interface Measurement {
  readonly lanes: Lanes;
  /** In the prediction's unit; undefined: the scene did not show it. */
  readonly value?: number;
  /** What is to be said of it. */
  readonly words: string;
}

/** The run that is under way: a Ctrl-C has to end it. */
let underWay: Run | undefined;

/** Ends the server that is being measured, if there is one. */
export async function endMeasuring(): Promise<void> {
  await underWay?.stop();
}

/** Plays the prediction's scene and measures. Throws `ServerFailed`. */
export async function measure(
  { scene, unit, measure }: Prediction,
  lesson: Lesson,
  { slowness = unit === "ms" ? ONCE : undefined, newRun = newOwnRun }: MeasureOptions = {},
): Promise<Measurement> {
  const { run, seen, trouble } = await playShown(scene, lesson, { slowness, newRun });
  const value = seen === undefined ? undefined : measure(run.lanes);
  return { lanes: run.lanes, value, words: trouble ?? seen ?? "This run does not show it." };
}

function newOwnRun(): Run {
  return underWay = new Run();
}
