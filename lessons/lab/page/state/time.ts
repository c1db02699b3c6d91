/** The one time cursor: live, at a moment, or running after the run in slow motion. */
import { computed, effect, signal } from "@preact/signals";
import { nextMoment, previousMoment } from "../../lanes/steps.ts";
import { current, cursorUs, session, untilUs, windowUs } from "./lab.ts";

const LEAST_WINDOW_US = 1000, MOST_WINDOW_US = 3600e6;
/** Of the window so much lies behind the cursor when the view has to follow it. */
const AHEAD = 0.25;
/** Of the run, so much is left free at either end of it. */
const ROOM = 0.04;

/** How fast the picture runs; 1: as fast as the run. */
export const speed = signal(0.1);
/** The cursor runs by itself. */
export const playing = signal(false);
/** Nothing is chosen: the newest is shown. */
export const live = computed(() => cursorUs.value === undefined);
/** Where the view ends while a moment is looked at. */
const viewEndUs = signal(0);

/** The part of time that the lanes show. */
export const view = computed(() => {
  const toUs = live.value ? untilUs.value : viewEndUs.value;
  return { fromUs: toUs - windowUs.value, toUs };
});

/** Looks at a moment; the view moves only if it has to. */
export function moveTo(us: number): void {
  const { fromUs, toUs } = view.value;
  const wasLive = live.value;
  cursorUs.value = us;
  if (wasLive) viewEndUs.value = toUs;
  if (us > toUs || us < fromUs) viewEndUs.value = us + AHEAD * windowUs.value;
}

/** Has all of the run in the view, and looks at a moment of it: 0 is its beginning, 1 its end. */
export function lookAtAll(moment: number): void {
  const [fromUs, toUs] = [beginning(), ending()];
  const roomUs = (toUs - fromUs) * ROOM;
  windowUs.value = Math.max(LEAST_WINDOW_US, toUs - fromUs + 2 * roomUs);
  cursorUs.value = fromUs + moment * (toUs - fromUs);
  viewEndUs.value = toUs + roomUs;
}

/** Holds, with all of the run in the view: a scene is over before one has looked. */
export function showAll(): void {
  playing.value = false;
  lookAtAll(0.5);
}

/** Goes to the moment before or after, in which something happened. */
export function step(forward: boolean): void {
  playing.value = false;
  const moment = forward ? nextMoment : previousMoment;
  moveTo(moment(current.value.lanes, untilUs.value) ?? untilUs.value);
}

/** Stands still at what is shown, or shows the newest again. */
export function toggleLive(): void {
  playing.value = false;
  if (live.value) moveTo(untilUs.value);
  else cursorUs.value = undefined;
}

/** Starts slow motion, from the cursor or from the beginning, or stops it. */
export function togglePlay(): void {
  if (!playing.value && live.value) moveTo(beginning());
  playing.value = !playing.value;
}

/** When the first client came: before that there is nothing to see. */
function beginning(): number {
  const { lanes } = current.value;
  const starts = lanes.clients.map(({ connectUs, acceptedUs = 0 }) => connectUs ?? acceptedUs);
  return starts.length === 0 ? untilUs.value : Math.min(...starts);
}

/** When the last client had gone; while one is there, it is now. */
export function ending(): number {
  const { lanes } = current.value;
  const ends = lanes.clients.map(({ endedUs, closedUs }) => endedUs ?? closedUs ?? lanes.nowUs);
  return ends.length === 0 ? lanes.nowUs : Math.max(...ends);
}

/** Shows more time, or less; the cursor keeps its place in the view. */
export function zoom(factor: number): void {
  const before = windowUs.value;
  windowUs.value = Math.min(MOST_WINDOW_US, Math.max(LEAST_WINDOW_US, before * factor));
  if (!live.value) {
    viewEndUs.value = untilUs.value + (viewEndUs.value - untilUs.value) * windowUs.value / before;
  }
}

/** Moves the view, not the cursor. */
export function pan(us: number): void {
  if (live.value) moveTo(untilUs.value);
  viewEndUs.value += us;
}

effect(() => {
  if (!playing.value) return;
  let frame = 0, beforeMs = performance.now();
  const run = (nowMs: number) => {
    const us = untilUs.peek() + (nowMs - beforeMs) * 1000 * speed.peek();
    beforeMs = nowMs;
    const endUs = current.peek().lanes.nowUs;
    moveTo(Math.min(us, endUs));
    if (us >= endUs && !session.peek().running) playing.value = false;
    else frame = requestAnimationFrame(run);
  };
  frame = requestAnimationFrame(run);
  return () => cancelAnimationFrame(frame);
});

// A new run is seen as it happens.
effect(() => {
  if (session.value.run > 0 && live.value) playing.value = false;
});
