/** A thread's first message and its last one: what a thread and its starter agree on. */
import type { LineToStarter, LineToThread } from "../kernel/thread_line.ts";
import type { SharedContext } from "../server_context.ts";
import type { Message } from "../thread_messages.ts";

/** A thread's first message. */
export interface Start extends Message {
  /** Which one it is. */
  readonly kind: "start";
  /** Which of its module's programs the thread runs. */
  readonly program: string;
  /** Its name, as WHO and the trace show it. */
  readonly name: string;
  /** What its context is made from. */
  readonly shared: SharedContext;
  /** What its program gets. */
  readonly init: unknown;
}

/** Its last one, to the starter. */
export interface Exited extends Message {
  /** Which one it is. */
  readonly kind: "exited";
}

/** The last message? */
export function isExited(message: Message): message is Exited {
  return message.kind === "exited";
}

/** Posts a message; on the kernel floor whoever gets it may have to be woken. */
export function send(post: () => void, line: LineToThread | LineToStarter | undefined): void {
  if (line === undefined) post();
  else line.send(post);
}
