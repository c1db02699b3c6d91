/** A lecture is run by keys alone: those of a remote control too, which sends PageDown and PageUp. */
import { effect, signal } from "@preact/signals";
import { lessons, session, untilUs } from "../state/lab.ts";
import { ending, lookAtAll, playing, step, zoom } from "../state/time.ts";
import { tellNotes } from "./speakers_notes.tsx";
import { notes, playAgain, played, showLesson, turnPage } from "./slides.ts";

/** The notes are on the slide, too. */
export const notesShown = signal(false);
/** So much of the lanes is moved by a key. */
const SCROLL_PX = 200;

const KEYS: Readonly<Record<string, () => unknown>> = {
  ArrowRight: () => turnPage(1),
  PageDown: () => turnPage(1),
  " ": () => turnPage(1),
  ArrowLeft: () => turnPage(-1),
  PageUp: () => turnPage(-1),
  End: () => showLesson(lessons.value.length, "last"),
  Home: () => showLesson(1),
  ArrowDown: () => scroll(SCROLL_PX),
  ArrowUp: () => scroll(-SCROLL_PX),
  "p": playAgain,
  ",": () => step(false),
  ".": () => step(true),
  "+": () => zoom(0.5),
  "-": () => zoom(2),
  "n": () => notesShown.value = !notesShown.value,
  "s": () => open(`notes${location.hash}`, "notes", "popup,width=900,height=600"),
};

function scroll(px: number): void {
  document.querySelector(".lanes-view")?.scrollBy(0, px);
}

/** Shows the first slide, and hears the keys from then on. */
export async function openLecture(): Promise<void> {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const number = Number(event.key);
    const isLesson = lessons.value.some((one) => one.number === number);
    const act = isLesson ? () => showLesson(number) : KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  tellNotes(notes);
  // A scene that is over is seen whole.
  let seen = 0;
  effect(() => {
    const { run } = session.value;
    if (!played.value || run === seen) return;
    seen = run;
    requestAnimationFrame(() => lookAtAll(1));
  });
  // The server runs on when its clients have gone, and nothing more is to be seen.
  effect(() => {
    if (playing.value && untilUs.value >= ending()) playing.value = false;
  });
  await showLesson(1);
}
