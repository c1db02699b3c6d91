/** Plays a scene on a lesson's server until it shows what it is to show, each time slower. */
import type { Lesson } from "../../catalogue.ts";
import { flagsFor, type Scene } from "../scenes/scene.ts";
import { play } from "./play.ts";
import { NeverCame, Run, whyNot } from "./run.ts";

/** So long a scene waits for what is to come; an exercise may never get there. */
const PATIENCE_MS = 10_000;
/** What a scene does not show in its usual time, it may show when everything takes so much longer. */
const SLOWNESS = [1, 4];

/** How to play. */
export interface ShowOptions {
  /** More flags for the server, such as `--exercise`. */
  readonly flags?: readonly string[];
  /** How often, and how slow; by default once as it is, and once four times as slow. */
  readonly slowness?: readonly number[];
  /** Makes each run, before it begins: a Ctrl-C has to stop it. */
  readonly newRun: () => Run | Promise<Run>;
}

/** What was played last. */
export interface Shown {
  readonly run: Run;
  /** What the lanes show, in a sentence; undefined: they do not show it. */
  readonly seen?: string;
  /** Why it could not be played to its end. */
  readonly trouble?: string;
}

/** Plays the scene. Throws `ServerFailed`. */
export async function playShown(
  scene: Scene,
  lesson: Lesson,
  { flags = [], slowness = SLOWNESS, newRun }: ShowOptions,
): Promise<Shown> {
  let shown: Shown = { run: new Run() };
  for (const times of slowness) {
    const run = await newRun();
    const trouble = await played(scene, run, lesson, flags, times);
    if (trouble !== undefined) return { run, trouble };
    shown = { run, seen: scene.seen(run.lanes) };
    if (shown.seen !== undefined) break;
  }
  return shown;
}

/** Plays the scene once. Returns why it could not be played to its end; undefined: it was. */
async function played(
  scene: Scene,
  run: Run,
  lesson: Lesson,
  flags: readonly string[],
  slowness: number,
): Promise<string | undefined> {
  try {
    await run.start(lesson, [...flags, ...flagsFor(scene)]);
    await play(scene, run, { slowness, patienceMs: PATIENCE_MS });
  } catch (error) {
    if (!(error instanceof NeverCame)) throw error;
    return whyNot(error);
  } finally {
    await run.stop();
  }
}
