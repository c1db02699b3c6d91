/** A race on the page: what is asked for, who has come in, and who races. */
import { batch, signal } from "@preact/signals";
import type { ShownRacer } from "../../race/shown.ts";
import { lesson } from "../state/lab.ts";
import { ask, trying } from "../state/server.ts";
import { racers } from "./racers.ts";

/** The claim whose scene is raced; "": one's own mix. */
export const scene = signal("");
export const line = signal("SLEEP 150; PING");
export const clients = signal(8);
export const times = signal(2);
/** Who is the eighth: nobody, the `exercise`, or the `command`. */
export const eighth = signal("");

/** Who races now; "": nobody. */
export const racing = signal("");
let under: AbortController | undefined;

/** Ends the race. */
export function endRace(): void {
  under?.abort();
}

/** Runs the race. */
export async function startRace(): Promise<void> {
  under = new AbortController();
  batch(() => [racers.value, racing.value] = [[], "the race begins"]);
  const order = {
    scene: scene.value,
    line: line.value,
    clients: clients.value,
    times: times.value,
    eighth: eighth.value,
    lesson: lesson.value?.number,
  };
  const init = { method: "POST", body: JSON.stringify(order), signal: under.signal };
  await trying(async () => {
    const { body } = await ask("race", init);
    if (body !== null) await read(body);
  }, (error) => !(error instanceof DOMException && error.name === "AbortError"));
  racing.value = "";
}

async function read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(JSON.parse(line));
  }
}

function take({ begins, racer }: { begins?: string; racer?: ShownRacer }): void {
  if (begins !== undefined) racing.value = begins;
  if (racer !== undefined) racers.value = [...racers.value, racer];
}
