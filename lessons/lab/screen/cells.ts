/** One lane as characters, one a column: what they mean does not rest on colour. */
import { blue, cyan, dim, green, inverse, magenta, red, yellow } from "@std/fmt/colors";
import type { ClientLane } from "../lanes/client_lane.ts";
import { type ClientSpan, clientSpans, type ClientState } from "../lanes/client_spans.ts";
import type { KernelThread } from "../lanes/kernel_lane.ts";
import type { ThreadLane, ThreadSpan } from "../lanes/thread_lane.ts";
import type { TimeAxis } from "./axis.ts";

type Paint = (text: string) => string;

/** How a state looks, and whether it wins where several lie in one column. */
interface Look {
  readonly glyph: string;
  readonly paint: Paint;
  readonly rank: number;
}

const solid = (colour: Paint): Paint => (text) => inverse(colour(text));

/** How the states of a client look. */
export const CLIENT_LOOKS: Readonly<Record<ClientState, Look>> = {
  "connecting": { glyph: "~", paint: dim, rank: 1 },
  "accept-queue": { glyph: "a", paint: magenta, rank: 3 },
  "idle": { glyph: ".", paint: dim, rank: 1 },
  "unread": { glyph: "u", paint: yellow, rank: 3 },
  "half-read": { glyph: "h", paint: yellow, rank: 3 },
  "queued": { glyph: "q", paint: red, rank: 3 },
  "business": { glyph: "#", paint: solid(green), rank: 4 },
  "in-server": { glyph: "s", paint: solid(cyan), rank: 3 },
  "unwritten": { glyph: ">", paint: cyan, rank: 2 },
  "replying": { glyph: ">", paint: cyan, rank: 2 },
};

/** How a thread looks while it does no business. */
export const THREAD_LOOKS: Readonly<Record<ThreadSpan["kind"], Look>> = {
  "business": { glyph: "#", paint: (text) => text, rank: 4 },
  "starts-thread": { glyph: "+", paint: blue, rank: 3 },
  "waits": { glyph: "-", paint: dim, rank: 1 },
};

/** How a thread looks that uses a core, for whatever. */
const RUNS: Look = { glyph: "r", paint: solid(green), rank: 4 };

const CLIENT_COLOURS = [cyan, green, magenta, yellow, blue, red];

/** The lane of a thread: the number of the client for which it works. */
export function threadCells(lane: ThreadLane, axis: TimeAxis): string {
  const spans = lane.spans(axis.fromUs, axis.toUs).map((span) => ({ ...span, look: lookOf(span) }));
  return cells(spans, axis);
}

/** The lane of a thread as the kernel sees it: when it ran. */
export function kernelThreadCells({ points, seenUs }: KernelThread, axis: TimeAxis): string {
  const spans = points.map(({ us, runs }, at) => ({
    fromUs: us,
    toUs: points[at + 1]?.us ?? seenUs,
    look: runs ? RUNS : THREAD_LOOKS.waits,
  }));
  return cells(spans, axis);
}

/** The lane of a client: its states, a letter each. */
export function clientCells(client: ClientLane, axis: TimeAxis): string {
  const looks = (span: ClientSpan) => ({ ...span, look: CLIENT_LOOKS[span.state] });
  return cells(clientSpans(client, axis.toUs).map(looks), axis);
}

/** How many clients are in a state, as a digit a column; nothing where there is none. */
export function countCells(
  clients: readonly ClientLane[],
  state: ClientState,
  axis: TimeAxis,
): string {
  const counts = new Array<number>(axis.columns).fill(0);
  for (const client of clients) {
    const spans = clientSpans(client, axis.toUs).filter((span) => span.state === state);
    const columns = new Set(spans.flatMap((span) => columnsOf(span, axis)));
    for (const column of columns) counts[column]++;
  }
  return counts.map((count) => count === 0 ? " " : magenta(count > 9 ? "*" : String(count))).join(
    "",
  );
}

/** The sign of a client on a thread's lane: its number, from 10 on a letter. */
export function clientSign({ number, connection }: ClientLane): string {
  return (number || connection).toString(36).at(-1) ?? "?";
}

function lookOf({ kind, client }: ThreadSpan): Look {
  if (kind !== "business" || client === undefined) return THREAD_LOOKS[kind];
  const number = client.number || client.connection;
  const paint = solid(CLIENT_COLOURS[number % CLIENT_COLOURS.length]);
  return { glyph: clientSign(client), paint, rank: 4 };
}

function cells(
  spans: readonly { fromUs: number; toUs: number; look: Look }[],
  axis: TimeAxis,
): string {
  const looks = new Array<Look | undefined>(axis.columns).fill(undefined);
  for (const span of spans) {
    for (const column of columnsOf(span, axis)) {
      const there = looks[column];
      if (there === undefined || there.rank <= span.look.rank) looks[column] = span.look;
    }
  }
  return looks.map((look) => look === undefined ? " " : look.paint(look.glyph)).join("");
}

/** The columns of a span, one at least. */
function columnsOf({ fromUs, toUs }: { fromUs: number; toUs: number }, axis: TimeAxis): number[] {
  if (toUs <= axis.fromUs || fromUs >= axis.toUs) return [];
  const [first, last] = [axis.columnOf(fromUs), axis.columnOf(toUs - 1)];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
