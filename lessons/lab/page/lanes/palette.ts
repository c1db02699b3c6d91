/** How states look on the canvas: a colour, and a letter or stripes, so that colour is not all. */
import type { ClientState } from "../../lanes/client_spans.ts";

/** How a span looks. */
export interface Look {
  readonly fill: string;
  readonly ink: string;
  /** Stands in the bar where there is room. */
  readonly sign: string;
  /** Waiting has stripes, being served has none. */
  readonly striped: boolean;
  /** Of the height of its row, 0 to 1. */
  readonly height: number;
}

/** One bar. */
export interface Bar {
  readonly fromUs: number;
  readonly toUs: number;
  readonly look: Look;
  readonly sign: string;
}

function look(fill: string, ink: string, sign: string, striped = false, height = 1): Look {
  return { fill, ink, sign, striped, height };
}

type ClientLooks = Readonly<Record<ClientState, Look>>;

/** The looks of a client's states, the same objects each time. */
export function clientLooks(dark: boolean): ClientLooks {
  return dark ? DARK : LIGHT;
}

function makeClientLooks(dark: boolean): ClientLooks {
  const ink = dark ? "#10161d" : "#ffffff";
  const thin = dark ? "#5c7187" : "#9fb0c2";
  return {
    "connecting": look(thin, ink, "", false, 0.3),
    "accept-queue": look(dark ? "#c9a6f5" : "#7a4bb3", ink, "a", true),
    "idle": look(thin, ink, "", false, 0.15),
    "unread": look(dark ? "#f0b35c" : "#a35a00", ink, "u", true),
    "half-read": look(dark ? "#d9d17a" : "#6d6400", ink, "h", true),
    "queued": look(dark ? "#ff9a90" : "#b3261e", ink, "q", true),
    "business": look(dark ? "#56c992" : "#17734a", ink, "#"),
    "in-server": look(dark ? "#7fc8d8" : "#126a7c", ink, "s"),
    "unwritten": look(dark ? "#6cb4ff" : "#0a5fbd", ink, ">", false, 0.6),
    "replying": look(dark ? "#6cb4ff" : "#0a5fbd", ink, ">", false, 0.6),
  };
}

const LIGHT = makeClientLooks(false), DARK = makeClientLooks(true);
const STARTS = [false, true].map((dark) =>
  look(dark ? "#6cb4ff" : "#0a5fbd", dark ? "#10161d" : "#ffffff", "+")
);

/** The looks of a thread: what it works for has the client's number in it. */
export function threadLooks(dark: boolean) {
  const client = clientLooks(dark);
  return {
    "business": client.business,
    "starts-thread": STARTS[Number(dark)],
    "waits": client.idle,
  };
}

/** Text and lines. */
export function inks(dark: boolean): { text: string; line: string; cursor: string } {
  return dark
    ? { text: "#e8eef4", line: "#2b3846", cursor: "#ff9a90" }
    : { text: "#17222e", line: "#d4dce6", cursor: "#b3261e" };
}
