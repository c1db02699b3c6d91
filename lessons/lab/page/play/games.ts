/** The games on a page: what is asked on its lesson, who measures, and where answers are remembered. */
import { effect, signal } from "@preact/signals";
import type { Asked } from "../../../play/asked.ts";
import { type Answer, type Score, scoreIn } from "../../../play/score.ts";
import { usable } from "../../../play/progress_lines.ts";
import { lesson } from "../state/lab.ts";

/** What a scene showed; without a value it showed nothing. */
export interface Measured {
  readonly value?: number;
  readonly words: string;
}

/** What stands behind the games: the lab's server, or what a book has recorded. */
export interface Backend {
  /** Whether it measures now; otherwise its figures were recorded. */
  readonly live: boolean;
  /** What is asked on a lesson. Undefined: it could not be had. */
  readonly open: (lesson: number) => Promise<Asked & { readonly progress: string } | undefined>;
  /** Measures a prediction. Undefined: it could not be done. */
  readonly measure: (lesson: number, id: string) => Promise<Measured | undefined>;
  /** Remembers an answer. Returns the text of all; undefined: it could not be done. */
  readonly record: (answer: Answer) => Promise<string | undefined>;
}

/** What is asked on the lesson that is shown. */
export const asked = signal<Asked | undefined>(undefined);
/** The lines of `.progress`. */
const progress = signal("");
let backend: Backend | undefined;

/** Whether figures are measured now. */
export function measuresNow(): boolean {
  return backend?.live ?? false;
}

/** Has the games follow the lesson that is shown. */
export function openGames(behind: Backend): void {
  backend = behind;
  effect(() => {
    const number = lesson.value?.number;
    if (number === undefined || asked.peek()?.lesson === number) return;
    asked.value = undefined;
    behind.open(number).then((found) => {
      if (found === undefined || lesson.peek()?.number !== number) return;
      progress.value = usable(found.progress);
      asked.value = found;
    });
  });
}

/** How somebody stands in a game on the lesson that is asked. */
export function standing(game: Answer["game"]): Score | undefined {
  const number = asked.value?.lesson;
  return number === undefined ? undefined : scoreIn(progress.value, game, number);
}

/** What a prediction of the lesson comes out as. */
export async function measured(id: string): Promise<Measured | undefined> {
  const number = asked.peek()?.lesson;
  return number === undefined ? undefined : await backend?.measure(number, id);
}

/** Remembers an answer. */
export async function remember(answer: Answer): Promise<void> {
  const text = await backend?.record(answer);
  if (text !== undefined) progress.value = usable(text);
}
