/** What the page asks of the lab's server. */
import { unpacked } from "../../lanes/packed_events.ts";
import type { SessionState } from "../../server/session_state.ts";
import {
  forgetRun,
  lesson,
  type LessonPage,
  lessons,
  passTo,
  session,
  sizes,
  take,
  takeState,
  trouble,
} from "./lab.ts";

/** From the page's own address: without it nothing is answered. */
const token = location.hash.slice(1);

/** What one client can do. */
export type ClientAct = "send" | "send-part" | "send-slowly" | "half-close" | "close";

/** What can be asked for. */
export type Order =
  | {
    readonly do: "start";
    lesson: number;
    sizes: Readonly<Record<string, number>>;
    whose: string;
  }
  | { readonly do: "prove"; claim: string; whose: string }
  | { readonly do: "stop" | "fault-scene" }
  | { readonly do: "fault-draw"; lesson: number }
  | { readonly do: "fault-guess"; claim: string }
  | { readonly do: "show"; line: string }
  | { readonly do: "scene"; claim: string }
  | { readonly do: "connect"; count: number; line: string; deaf: boolean }
  | { readonly do: ClientAct | "reset"; client: number; line: string };

/** Asks the lab. Throws Error with what it says when it refuses. */
export async function ask(path: string, init?: RequestInit): Promise<Response> {
  const headers = { "x-token": token, "content-type": "application/json" };
  const response = await fetch(`api/${path}`, { ...init, headers });
  if (response.ok) return response;
  const text = await response.text();
  let why = text.trim();
  try {
    why = JSON.parse(text).why;
  } catch {
    // A refusal is plain text.
  }
  throw new Error(why);
}

/** Tries something; what goes wrong is shown, and returns undefined. */
export async function trying<T>(
  work: () => Promise<T>,
  isWrong: (error: unknown) => boolean = () => true,
): Promise<T | undefined> {
  try {
    trouble.value = "";
    return await work();
  } catch (error) {
    if (!isWrong(error)) return undefined;
    trouble.value = error instanceof Error ? error.message : String(error);
  }
}

/** Has something done; what goes wrong is shown. */
export async function order(what: Order): Promise<void> {
  await trying(() => ask("act", { method: "POST", body: JSON.stringify(what) }));
}

let asked = 0;

/** Shows a lesson, unless another one is asked for before it is there. */
export async function openLesson(number: number): Promise<void> {
  const turn = ++asked;
  const page = await trying(async () => await (await ask(`lessons/${number}`)).json());
  if (page !== undefined && turn === asked) lesson.value = page as LessonPage;
}

/** Where the run can be had as a file. */
export const RUN_FILE = `api/run.json?token=${token}`;

/** A run of another lesson brings that lesson along. */
function stands(state: SessionState): void {
  const isNew = state.run !== session.peek().run;
  takeState(state);
  if (isNew && state.lesson !== 0 && state.lesson !== lesson.peek()?.number) {
    openLesson(state.lesson);
  }
}

/** Begins to hear of what happens. */
export async function connectToLab(): Promise<void> {
  const all = await trying(async () => await (await ask("lessons")).json());
  if (all === undefined) return;
  [lessons.value, sizes.value] = [all.lessons, all.sizes];
  const stream = new EventSource(`api/events?token=${token}`);
  stream.addEventListener("events", ({ data }) => take(unpacked(JSON.parse(data)), false));
  stream.addEventListener("part", ({ data }) => take(unpacked(JSON.parse(data)), true));
  stream.addEventListener("state", ({ data }) => stands(JSON.parse(data) as SessionState));
  stream.addEventListener("now", ({ data }) => passTo(Number(data)));
  stream.addEventListener(
    "error",
    () => trouble.value = "the lab does not answer; is it still there?",
  );
  stream.addEventListener("open", () => {
    trouble.value = "";
    // All is told again, from the beginning.
    forgetRun();
  });
}
