/**
 * Threads, as Deno has them: a Web Worker is an operating-system thread with a JavaScript heap of its
 * own. Nothing is shared but `SharedArrayBuffer`s; everything else is posted as a message.
 *
 * A thread's first message tells it who it is. Its last one to the starter says that it ends; a
 * thread that dies without it is noticed by its `error` event.
 */
import { LineToThread } from "./kernel/thread_line.ts";
import type { ServerContext } from "./server_context.ts";
import { safeText } from "./protocol/safe_text.ts";
import { roomForThread } from "./sockets/descriptors.ts";
import type { Message } from "./thread_messages.ts";
import { type Exited, isExited, send, type Start } from "./threads/first_and_last.ts";
import { notStarted, type Thread, type ThreadOptions } from "./threads/thread_handle.ts";

export type { Thread, ThreadOptions };
export { threadMain } from "./threads/thread_program.ts";

/**
 * Starts a thread; 13 to 30 ms later it runs. Where there are too few descriptors for it, that is said,
 * and the thread has ended at once.
 *
 * @param module the file that the thread runs; it calls `threadMain`.
 * @param init what the body gets.
 */
export function startThread<Init, From extends Message = never>(
  module: string,
  name: string,
  context: ServerContext,
  init: Init,
  { transfer = [], kind = "" }: ThreadOptions = {},
): Thread<From> {
  if (!roomForThread(context.shared.io)) return notStarted(name);
  const line = context.kernel && new LineToThread(context.kernel);
  const worker = new Worker(module, { type: "module", name });
  context.state.threadStarted();
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  exited.then(() => {
    if (line?.close() ?? true) context.state.threadExited();
  });
  worker.onmessage = ({ data }: MessageEvent<From | Exited>) => {
    line?.received();
    if (isExited(data)) resolve();
    else thread.onMessage?.(data);
  };
  worker.onerror = (event) => {
    // Without this the thread's failure would be the main thread's, and end the server.
    event.preventDefault();
    console.error(safeText(`${name} died: ${event.message}`));
    resolve();
  };
  const shared = line ? { ...context.shared, kernel: line.shared } : context.shared;
  const start: Start = { kind: "start", program: kind, name, shared, init };
  worker.postMessage(start, transfer);
  const thread: Thread<From> = {
    name,
    exited,
    post: (message, transfer = []) => send(() => worker.postMessage(message, transfer), line),
    terminate() {
      worker.terminate();
      resolve();
    },
  };
  return thread;
}
