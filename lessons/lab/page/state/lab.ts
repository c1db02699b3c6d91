/**
 * What the page knows: the lessons, the run as lanes, and the time that is looked at. The lanes change
 * in place; `version` tells that they did.
 */
import { batch, computed, signal } from "@preact/signals";
import type { LabEvent } from "../../lanes/events.ts";
import { BoundedLanes } from "../../lanes/bounded_lanes.ts";
import type { SessionState } from "../../server/session_state.ts";

/** A size that a server can be given. */
export interface Size {
  readonly flag: string;
  readonly least: number;
  readonly most: number;
  readonly about: string;
}

/** A row of the catalogue, as far as the page needs it. */
export interface LessonRow {
  readonly number: number;
  readonly name: string;
  readonly title: string;
  readonly sizes: Readonly<Record<string, string>>;
}

/** All that the page shows of a lesson. */
export interface LessonPage {
  readonly number: number;
  readonly title: string;
  readonly html: string;
  /** What is asked before anything is shown. */
  readonly question: string;
  readonly diagram: string;
  readonly file: string;
  readonly source: readonly { readonly html: string; readonly mark?: number }[];
  readonly claims: readonly {
    readonly claim: string;
    readonly sentence: string;
    /** How it is tried; may be empty. */
    readonly note: string;
    /** There is a scene that shows it. */
    readonly scene: boolean;
  }[];
}

/** An hour's run takes no more memory than this: ten minutes, and the largest file with some room. */
const BOUNDS = { mostEvents: 1_500_000, keptUs: 600e6 };
/** While more follows than can be taken at once, something new is shown that often. */
const MOST_SILENT_MS = 1000;

export const lessons = signal<readonly LessonRow[]>([]);
export const sizes = signal<Readonly<Record<string, Size>>>({});
export const lesson = signal<LessonPage | undefined>(undefined);
export const session = signal<SessionState>({
  run: 0,
  lesson: 0,
  title: "",
  running: false,
  words: "",
});
/** What went wrong with the last thing that was asked for. */
export const trouble = signal("");
/** The client that is picked: its row stands out, and its requests are told. */
export const chosen = signal<number | undefined>(undefined);
/** Counts the changes of the lanes. */
export const version = signal(0);
/** The time that is looked at; undefined: now, and it goes on. */
export const cursorUs = signal<number | undefined>(undefined);
/** How much time the lanes show. */
export const windowUs = signal(2e6);

let lanes = new BoundedLanes(BOUNDS);

/** The lanes of the run; whoever asks is asked again when they change. */
export const current = computed(() => ({ lanes, version: version.value }));
/** The latest time that is shown. */
export const untilUs = computed(() => cursorUs.value ?? current.value.lanes.nowUs);

/** Takes what happened. When more `follows` at once, it is shown with that, or after a while. */
export function take(events: readonly LabEvent[], follows: boolean): void {
  for (const event of events) lanes.add(event);
  if (!follows || performance.now() - toldMs > MOST_SILENT_MS) changed();
}

/** Time goes on though nothing happens. */
export function passTo(us: number): void {
  lanes.passTo(us);
  changed();
}

let willTell = 0, toldMs = 0;

/** Tells of changes once a frame, however many there are. */
function changed(): void {
  willTell ||= requestAnimationFrame(() => {
    willTell = 0;
    toldMs = performance.now();
    version.value++;
  });
}

/** What comes is a new run, even if it is called the same. */
export function forgetRun(): void {
  session.value = { ...session.value, run: -1 };
}

/** Takes how the run stands; a new one has lanes of its own. */
export function takeState(state: SessionState): void {
  batch(() => {
    if (state.run !== session.value.run) {
      lanes = new BoundedLanes(BOUNDS);
      cursorUs.value = undefined;
      chosen.value = undefined;
      version.value++;
    }
    session.value = state;
  });
}
