/** Lanes in a terminal: threads, clients and the accept queue over one time axis. */
import { dim } from "@std/fmt/colors";
import type { Lanes } from "../lanes/lanes.ts";
import { STATE_WORDS } from "../lanes/words.ts";
import { TimeAxis } from "./axis.ts";
import {
  CLIENT_LOOKS,
  clientCells,
  countCells,
  kernelThreadCells,
  THREAD_LOOKS,
  threadCells,
} from "./cells.ts";
import { wrap } from "./wrap.ts";

/** What a thread's sign is for. */
const THREAD_WORDS = { "waits": "waits", "starts-thread": "starts a thread" } as const;
/** Without a word in the legend: it has the sign of another, or does not occur beside a trace. */
const UNSAID: ReadonlySet<string> = new Set(["unwritten", "in-server"]);
const QUEUE = "accept queue";
/** Between a lane's name and the lane. */
const GAP = "  ";

/**
 * Draws the lanes from the first client on.
 *
 * @param columns how wide a line may be.
 * @returns lines without their ends.
 */
export function drawLanes(lanes: Lanes, columns: number): string[] {
  const clients = [...lanes.clients].sort((a, b) => a.number - b.number);
  const firstUs = Math.min(
    ...clients.map(({ connectUs, acceptedUs = 0 }) => connectUs ?? acceptedUs),
  );
  const lastUs = Math.max(...clients.map(({ endedUs, closedUs = 0 }) => endedUs ?? closedUs));
  const threads = [...lanes.threads.values()].filter(({ endedUs = Infinity }) => endedUs > firstUs);
  const seen = lanes.hasTrace ? [] : [...lanes.kernel.threads.values()];
  const seenNames = seen.map(({ name, tid }) => `${name.slice(0, 12)} ${tid}`);
  const names = [...threads, ...clients].map(({ name }) => name).concat(QUEUE, seenNames);
  const width = Math.max(...names.map(({ length }) => length));
  const toUs = lastUs > firstUs ? lastUs : lanes.nowUs + 1;
  const axis = new TimeAxis(firstUs, toUs, Math.max(10, columns - width - GAP.length));
  const line = (name: string, cells: string) => `${name.padEnd(width)}${GAP}${cells}`.trimEnd();
  return [
    dim(line("", axis.ruler())),
    ...threads.map((thread) => line(thread.name, threadCells(thread, axis))),
    ...seen.map((thread, at) => line(seenNames[at], kernelThreadCells(thread, axis))),
    ...clients.map((client) => line(client.name, clientCells(client, axis))),
    line(QUEUE, countCells(clients, "accept-queue", axis)),
  ];
}

/** What the signs on the lanes are for. */
export function legend(columns: number): string[] {
  const threads = Object.entries(THREAD_WORDS).map(([kind, words]) =>
    `${THREAD_LOOKS[kind as keyof typeof THREAD_WORDS].glyph} ${words}`
  );
  const signs = Object.entries(STATE_WORDS).filter(([state]) => !UNSAID.has(state))
    .map(([state, words]) => `${CLIENT_LOOKS[state as keyof typeof STATE_WORDS].glyph} ${words}`);
  return [
    ...wrap(`A thread: 1 works for client 1, ${threads.join(", ")}.`, columns),
    ...wrap(`A client: ${signs.join(", ")}.`, columns),
    ...wrap("The accept queue: how many clients are in it.", columns),
  ];
}
