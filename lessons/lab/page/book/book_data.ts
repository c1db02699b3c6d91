/** What a page of the book has: a lesson, and runs that were recorded. */
import { signal } from "@preact/signals";
import type { Asked } from "../../../play/asked.ts";
import type { LabEvent } from "../../lanes/events.ts";
import { type Measured, openGames } from "../play/games.ts";
import { lesson, type LessonPage, take, takeState } from "../state/lab.ts";
import { bookBackend } from "./book_backend.ts";
import { showAll } from "../state/time.ts";

/** A scene that was recorded. */
export interface BookScene {
  readonly claim: string;
  readonly words: string;
  readonly events: readonly LabEvent[];
}

/** A page's data. */
interface BookData {
  readonly lesson: Omit<LessonPage, "html">;
  readonly scenes: readonly BookScene[];
  /** What is asked on the lesson. */
  readonly games: Asked;
  /** What its predictions came out as. */
  readonly values: readonly BookValue[];
}

/** What a prediction came out as, and the run in which it did. */
export interface BookValue extends Measured {
  readonly id: string;
  readonly events: readonly LabEvent[];
}

export const scenes = signal<readonly BookScene[]>([]);
/** The claim whose scene is shown. */
export const shown = signal("");
let shows = 0;

/** Takes the page's data; its first scene is shown. */
export function openBook(data: BookData): void {
  lesson.value = { ...data.lesson, html: "" };
  scenes.value = data.scenes;
  if (data.scenes.length > 0) showScene(data.scenes[0]);
  openGames(bookBackend(data.games, (id) => showValue(data.values.find((one) => one.id === id))));
}

/** Shows the run in which a prediction was settled. Returns what it came out as. */
function showValue(value: BookValue | undefined): Measured | undefined {
  if (value !== undefined) showScene({ claim: "", ...value });
  return value;
}

/** Shows a scene, all of it, at a moment in its middle. */
export function showScene({ claim, words, events }: BookScene): void {
  shown.value = claim;
  const { number = 0 } = lesson.value ?? {};
  takeState({ run: ++shows, lesson: number, title: claim, running: false, words });
  take(events, false);
  showAll();
}
