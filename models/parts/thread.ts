/**
 * Threads, as Deno has them: a Web Worker is an operating-system thread with a JavaScript heap of its
 * own. Nothing is shared but `SharedArrayBuffer`s; everything else is posted as a message.
 *
 * A thread's first message tells it who it is. Its last one to the starter says that it ends; a
 * thread that dies without it is noticed by its `error` event.
 */
import { ServerContext, type SharedContext } from "./server_context.ts";

/** The types of a Worker's global scope, which the main thread's type library lacks. */
interface WorkerScope {
  readonly name: string;
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

const EXITED = "thread-exited";

/** What a thread is told at its start. */
interface ThreadStart<Init> {
  readonly name: string;
  readonly shared: SharedContext;
  readonly init: Init;
}

/** A running thread, seen by the thread that started it. */
export interface Thread {
  /** Its name, as WHO and the trace show it. */
  readonly name: string;
  /** Settles when the thread has ended, whether it returned, failed or was terminated. */
  readonly exited: Promise<void>;
  /** What is called with the thread's messages. */
  onMessage?: (message: unknown) => void;
  /** Sends a message; it is received between two turns of the thread's event loop. */
  post(message: unknown, transfer?: Transferable[]): void;
  /** Ends the thread now. One that blocks or spins goes on until it stops doing so. */
  terminate(): void;
}

/**
 * Starts a thread; 13 to 30 ms later it runs.
 *
 * @param module the file that the thread runs; it calls `threadMain`.
 * @param init what the body gets; everything in `transfer` is moved, not copied.
 */
export function startThread<Init>(
  module: string,
  name: string,
  context: ServerContext,
  init: Init,
  transfer: Transferable[] = [],
): Thread {
  const worker = new Worker(module, { type: "module", name });
  context.state.threadStarted();
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  exited.then(() => context.state.threadExited());
  worker.onmessage = ({ data }) => data === EXITED ? resolve() : thread.onMessage?.(data);
  worker.onerror = (event) => {
    // Without this the thread's failure would be the main thread's, and end the server.
    event.preventDefault();
    console.error(`${name} died: ${event.message}`);
    resolve();
  };
  const start: ThreadStart<Init> = { name, shared: context.shared, init };
  worker.postMessage(start, transfer);
  const thread: Thread = {
    name,
    exited,
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate() {
      worker.terminate();
      resolve();
    },
  };
  return thread;
}

/**
 * Makes a module the program of a thread: `body` runs when the module is a Worker's main module, and
 * nothing happens when it is imported or run in the main thread.
 *
 * @param meta the module's `import.meta`.
 * @param body the thread's work; the thread ends when it returns. `onMessage` sets what is called
 *   with each message that comes later; `post` sends one to the starter.
 * @param kind when a module is the program of several kinds of threads: which one this is, as the
 *   first word of its name, before the hyphen. Default: whatever its name.
 */
export function threadMain<Init>(
  meta: ImportMeta,
  body: (
    context: ServerContext,
    init: Init,
    onMessage: (receive: (message: unknown) => void) => void,
    post: (message: unknown) => void,
  ) => Promise<void> | void,
  kind?: string,
): void {
  if (!meta.main || !("DedicatedWorkerGlobalScope" in globalThis)) return;
  const scope = globalThis as unknown as WorkerScope;
  if (kind !== undefined && !scope.name.startsWith(`${kind}-`)) return;
  scope.onmessage = async ({ data }: MessageEvent<ThreadStart<Init>>) => {
    const context = new ServerContext(data.name, data.shared);
    const onMessage = (receive: (message: unknown) => void) => {
      scope.onmessage = (event) => receive(event.data);
    };
    context.trace?.("thread-start", 0);
    await body(context, data.init, onMessage, (message) => scope.postMessage(message));
    context.trace?.("thread-exit", 0);
    scope.postMessage(EXITED);
    scope.close();
  };
}
