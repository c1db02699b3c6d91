/** A thread, from the inside: how a module becomes its program. The other side is `../thread.ts`. */
import { LineToStarter } from "../kernel/thread_line.ts";
import { ServerContext } from "../server_context.ts";
import type { Message } from "../thread_messages.ts";
import { type Exited, send, type Start } from "./first_and_last.ts";

/** The types of a Worker's global scope, which the main thread's type library lacks. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: Message): void;
  close(): void;
}

/** The programs of this thread's module, by the kind of the threads that run them. */
const programs = new Map<string, (start: Start, scope: WorkerScope) => Promise<void>>();

/**
 * Makes a module the program of a thread: `body` runs when the module is a Worker's main module, and
 * nothing happens when it is imported or run in the main thread.
 *
 * @param meta the module's `import.meta`.
 * @param body the thread's work; the thread ends when it returns. `onMessage` sets what is called
 *   with each message that comes later, `To` are those that can come; `post` sends one to the starter.
 * @param kind when a module is the program of several kinds of threads: of which this one is.
 */
export function threadMain<Init, To extends Message = Message>(
  meta: ImportMeta,
  body: (
    context: ServerContext,
    init: Init,
    onMessage: (receive: (message: To) => void) => void,
    post: <From extends Message>(message: From) => void,
  ) => Promise<void> | void,
  kind = "",
): void {
  if (!meta.main || !("DedicatedWorkerGlobalScope" in globalThis)) return;
  programs.set(kind, async ({ name, shared, init }, scope) => {
    const context = new ServerContext(name, shared);
    const line = lineOf(context);
    const post = (message: Message) => send(() => scope.postMessage(message), line);
    const onMessage = (receive: (message: To) => void) => {
      scope.onmessage = ({ data }) => {
        line?.received();
        receive(data);
      };
    };
    context.trace?.("thread-start", 0);
    try {
      await body(context, init as Init, onMessage, post);
    } catch (error) {
      // The starter is told by Deno, if it listens.
      line?.send(() => {});
      throw error;
    } finally {
      if (line?.countEnd()) context.state.threadExited();
      context.kernel?.leave();
    }
    context.trace?.("thread-exit", 0);
    post({ kind: "exited" } satisfies Exited);
    scope.close();
  });
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }: MessageEvent<Start>) => runProgram(data, scope);
}

/** On the kernel floor: the line to the starter. */
function lineOf({ kernel }: ServerContext): LineToStarter | undefined {
  const memory = kernel?.shared.line;
  return kernel && memory && new LineToStarter(kernel, memory);
}

/** A program that there is not is a mistake in the module: the thread dies of it. */
function runProgram(start: Start, scope: WorkerScope): Promise<void> {
  const program = programs.get(start.program);
  if (program === undefined) throw new Error(`it has no program of the kind '${start.program}'`);
  return program(start, scope);
}
