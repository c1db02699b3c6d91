/** What is kept of an experiment beside its steps, so that it can be drawn later. */
import type { RunningServer } from "../server/running_server.ts";
import type { Step } from "./step.ts";

/** One thread of a server, as it stood at the end of the experiment. */
export interface ThreadSeen {
  /** Which server of the experiment, and which of its processes, from 1. */
  readonly server: number;
  readonly process: number;
  readonly name: string;
  readonly cpu_ms: number;
  /** How often it was put on a core. */
  readonly runs: number;
}

/** Who took part. */
export interface Seen {
  /** Clients, by their names in the steps. */
  readonly clients: readonly string[];
  readonly threads: readonly ThreadSeen[];
}

export const NOBODY: Seen = { clients: [], threads: [] };
/** A server that floods with threads must not flood the result. */
const MOST_THREADS = 200;

/** To be called while the servers run. */
export function seen(steps: readonly Step[], servers: readonly RunningServer[]): Seen {
  const connected = steps.filter(({ what }) => what === "connects").map(({ who }) => who);
  return {
    clients: [...new Set(connected)],
    threads: servers.flatMap(threadsSeen).slice(0, MOST_THREADS),
  };
}

function threadsSeen(server: RunningServer, index: number): ThreadSeen[] {
  const threads = server.threads();
  const pids = [...new Set(threads.map(({ pid }) => pid))];
  return threads.map(({ pid, name, cpuNs, runs }) => ({
    server: index + 1,
    process: pids.indexOf(pid) + 1,
    name,
    cpu_ms: Math.round(cpuNs / 1e6),
    runs,
  }));
}
