/**
 * A child process of a process pool: its program, from its first line to its exit.
 *
 * It has nothing of the main process but the listening socket, its standard output for the trace, and
 * a pipe that tells when to finish.
 */
import "./server/proc_needed.ts";
import type { ListeningSocket } from "./accept.ts";
import type { AcceptedSocket } from "./sockets/accepted_socket.ts";
import { CHILD, type ProcessStart } from "./processes/process_start.ts";
import { ServerContext } from "./server_context.ts";
import { inheritedListener } from "./shared_listener.ts";
import { SharedState } from "./server/shared_state.ts";
import { startStopWatch } from "./threads/stop_watch.ts";

/** So long after it was told to finish a child ends in any case. */
const LAST_RESORT_MS = 1500;
/** Waits for the end of the main process, or for its word. */
const WATCH_THREAD = new URL("./processes/process_watch_thread.ts", import.meta.url);

/** What a child tells the main process when it ends: what it counted. */
export interface ProcessTotals {
  /** Connections that it served. */
  readonly connections: number;
  /** Requests whose business it began. */
  readonly commands: number;
}

/** What the program of a child gets. */
export interface ChildProcess {
  /** The child's own context, with memory of its own. */
  readonly context: ServerContext;
  /** The socket on which every child of the pool accepts. */
  readonly listener: ListeningSocket<AcceptedSocket>;
  /** Connections that this process serves at once. */
  readonly maxConnections: number;
  /** Settles when the child is to finish: to accept no more, and to end what it has in hand. */
  readonly finishing: Promise<void>;
}

/**
 * Makes a module the program of a pool's processes: `body` runs when the module was started as a
 * child, and nothing happens otherwise.
 *
 * @param meta the module's `import.meta`.
 * @param body the child's work; the process ends when it returns.
 */
export function processMain(meta: ImportMeta, body: (child: ChildProcess) => Promise<void>): void {
  if (meta.main && Deno.args[0] === CHILD) runChild(JSON.parse(Deno.args[1]), body);
}

async function runChild(
  { name, shared, maxConnections }: ProcessStart,
  body: (child: ChildProcess) => Promise<void>,
): Promise<void> {
  const memory = SharedState.allocate();
  const { stopped } = await startStopWatch(WATCH_THREAD, memory);
  const context = new ServerContext(name, { ...shared, memory });
  context.state.threadStarted();
  context.trace?.("thread-start", 0, `process ${Deno.pid}`);
  // Whatever the body does, the process does not outlive its end for long.
  stopped.then(() => setTimeout(() => Deno.exit(1), LAST_RESORT_MS));
  await body({
    context,
    listener: inheritedListener(context),
    maxConnections,
    finishing: stopped,
  });
  context.trace?.("thread-exit", 0, `process ${Deno.pid}`);
  await context.endTrace();
  await tellTotals(context.state);
  // The thread that watches would hold up the exit.
  Deno.exit(0);
}

async function tellTotals({ counters }: SharedState): Promise<void> {
  // The main process may be gone.
  if (!process.connected) return;
  const totals: ProcessTotals = {
    connections: counters.total_connections,
    commands: counters.total_commands,
  };
  await new Promise((resolve) => process.send?.(totals, undefined, undefined, resolve));
}
