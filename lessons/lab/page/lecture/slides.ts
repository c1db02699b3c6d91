/** The slides of a lecture: of each lesson its picture, then its scenes; and which one is shown. */
import { batch, computed, signal } from "@preact/signals";
import { current, lesson, lessons, session } from "../state/lab.ts";
import { openLesson, order } from "../state/server.ts";
import { lookAtAll, playing } from "../state/time.ts";

/** What the speaker is told. */
export interface Notes {
  readonly title: string;
  readonly notes: string;
  /** What is to be seen on the lanes, once it is. */
  readonly seen: string;
  readonly next: string;
}

/** 0: the lesson's picture; then its scenes. */
export const at = signal(0);
/** Behind the last lesson. */
export const over = signal(false);

/** The run of the slide before, whose words say nothing of this one. */
const runBefore = signal(0);

const scenes = computed(() => lesson.value?.claims.filter(({ scene }) => scene) ?? []);
/** The claim that is shown; undefined: the lesson's picture. */
export const claim = computed(() => at.value === 0 ? undefined : scenes.value[at.value - 1]);
/** The scene has come to its end, or it does not go on. */
export const played = computed(() =>
  claim.value !== undefined && session.value.run !== runBefore.value && session.value.words !== ""
);

/** What the speaker is told now. */
export const notes = computed((): Notes => {
  const { number = 0, title = "", question = "" } = lesson.value ?? {};
  if (over.value) return { title: "The end", notes: "", seen: "", next: "" };
  const [one, following] = [claim.value, scenes.value[at.value]];
  return {
    title: one ? `${one.claim} ${one.sentence}` : `Lesson ${number}: ${title}`,
    notes: one ? one.note && `How it is tried: ${one.note}` : `Predict first: ${question}`,
    seen: played.value ? session.value.words : "",
    next: following
      ? `${following.claim} ${following.sentence}`
      : number < lessons.value.length
      ? `Lesson ${number + 1}`
      : "The end",
  };
});

/** One thing after the other, however fast keys are pressed. */
let turn = Promise.resolve();

function next(work: () => Promise<void>): Promise<void> {
  return turn = turn.then(work);
}

/** Shows a slide of the lesson; a scene is played. */
async function show(slide: number): Promise<void> {
  batch(() => {
    over.value = false;
    playing.value = false;
    runBefore.value = session.value.run;
    at.value = slide;
  });
  await order(claim.value ? { do: "scene", claim: claim.value.claim } : { do: "stop" });
}

/** Shows a lesson, from its picture on or at its last scene. */
export function showLesson(number: number, end: "first" | "last" = "first"): Promise<void> {
  return next(async () => {
    await openLesson(number);
    await show(end === "first" ? 0 : scenes.value.length);
  });
}

/** The next slide, or the one before. */
export function turnPage(by: 1 | -1): Promise<void> {
  const number = lesson.value?.number ?? 1;
  if (over.value) return by === 1 ? Promise.resolve() : next(() => show(at.value));
  const slide = at.value + by;
  if (slide >= 0 && slide <= scenes.value.length) return next(() => show(slide));
  const other = number + by;
  if (other >= 1 && other <= lessons.value.length) {
    return showLesson(other, by === 1 ? "first" : "last");
  }
  return next(async () => {
    over.value = by === 1;
    await order({ do: "stop" });
  });
}

/** Runs the scene again in slow motion, once it was played, or holds it. */
export function playAgain(): void {
  if (!played.value || playing.value) {
    playing.value = false;
    return;
  }
  if (current.peek().lanes.clients.length === 0) return;
  lookAtAll(0);
  playing.value = true;
}
