/** A long run that is made up: of model 4, in which each client sends one request after the other. */
import type { TraceEvent } from "../../models/parts/server/trace_line.ts";
import type { ServerEvent } from "../../lessons/lab/lanes/events.ts";

const CLIENTS = 200, WORKERS = 4;
/** Between two events. */
const STEP_US = 2;

/** So many events of the server's trace. */
export function manyEvents(count: number): ServerEvent[] {
  const events: ServerEvent[] = [];
  let us = 0;
  const say = (thread: string, event: TraceEvent, connection: number, detail = "") =>
    events.push({ source: "server", us: us += STEP_US, thread, event, connection, detail });
  for (let n = 1; n <= CLIENTS; n++) say("main", "accept", n, `from 127.0.0.1:${20_000 + n}`);
  for (let n = 0; events.length < count; n++) {
    const [client, worker] = [1 + n % CLIENTS, `worker-${1 + n % WORKERS}`];
    say("main", "read", client, "6 bytes");
    say("main", "queue", client, "PING");
    say(worker, "start", client, "PING");
    say(worker, "finish", client, "PING");
    say("main", "write", client, "7 bytes");
  }
  return events;
}
