/** Runs that are made up, one event a line, so that a test shows its whole story. */
import type { ClientEvent, LabEvent, ServerEvent } from "../../lessons/lab/lanes/events.ts";
import { Lanes } from "../../lessons/lab/lanes/lanes.ts";
import type { ClientLane } from "../../lessons/lab/lanes/client_lane.ts";
import { clientSpans } from "../../lessons/lab/lanes/client_spans.ts";
import { waitsOf } from "../../lessons/lab/lanes/waits.ts";
import { stateText, waitText } from "../../lessons/lab/lanes/words.ts";

/**
 * Reads a story. `5 main accept 1 from 127.0.0.1:5001` is a line of the trace, 5 ms after the start, on
 * the thread `main`, about connection 1. `4 client-1 connected 5001` is what a client did itself.
 */
export function story(text: string): LabEvent[] {
  return text.trim().split("\n").map((line) => {
    const [ms, who, event, ...rest] = line.trim().split(/ +/);
    const us = Number(ms) * 1000;
    const client = /^client-(\d+)$/.exec(who);
    if (client === null) {
      const connection = Number(rest[0] ?? 0);
      const detail = rest.slice(1).join(" ");
      return { source: "server", us, thread: who, event, connection, detail } as ServerEvent;
    }
    const port = event === "connected" ? Number(rest[0]) : undefined;
    const detail = event === "connected" ? undefined : rest.join(" ");
    return { source: "client", us, client: Number(client[1]), event, port, detail } as ClientEvent;
  });
}

/** The lanes of some events, taken in this order. */
export function lanesOf(events: readonly LabEvent[]): Lanes {
  const lanes = new Lanes();
  for (const event of events) lanes.add(event);
  return lanes;
}

/** A client's states, such as `5-10 in business on main`, in ms; `-…` is not over. */
export function states(lanes: Lanes, client: ClientLane, toUs = lanes.nowUs): string[] {
  return clientSpans(client, toUs).map((span) =>
    `${span.fromUs / 1000}-${span.open ? "…" : span.toUs / 1000} ${stateText(span)}`
  );
}

/** The client with a number of ours. */
export function clientOf(lanes: Lanes, number: number): ClientLane {
  const client = lanes.clients.find((one) => one.number === number);
  if (client === undefined) throw new RangeError(`there is no client ${number}`);
  return client;
}

/** One client, one request, from connect to close. */
export const ONE_REQUEST = story(`
  0   main      listen    0 127.0.0.1:8003
  10  client-1  connect
  11  client-1  connected 5001
  13  main      accept    1 from 127.0.0.1:5001
  20  client-1  send      SLEEP 30
  22  main      read      1 10 bytes
  23  main      start     1 SLEEP 30
  53  main      finish    1 SLEEP
  54  main      write     1 5 bytes
  56  client-1  reply     +OK
  60  client-1  close
  61  main      read      1 end: the client sends no more
  62  main      close     1`);

/** What is said of the client's waits that took a millisecond or more. */
export function waits(text: string, client: number, atMs?: number): string[] {
  const lanes = lanesOf(story(text));
  const toUs = atMs === undefined ? lanes.nowUs : atMs * 1000;
  return waitsOf(lanes, clientOf(lanes, client), toUs)
    .filter(({ span }) => span.toUs - span.fromUs >= 1000).map(waitText);
}
