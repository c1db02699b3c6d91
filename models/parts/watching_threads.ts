/**
 * Watching threads: each waits for the bytes of many connections, and reads none of them. One that is
 * ready is lent to an event thread, and watched again when it comes back.
 *
 * A program in C is told that bytes have come, and leaves them where they are; so it is on the kernel
 * floor. Deno tells by reading: there a watching thread reads one byte, and gives it along.
 * How it is lent stands in `threads/lending.ts`.
 */
import type { ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./sockets/byte_stream.ts";
import type { EventThreads } from "./event_threads.ts";
import { listenForDescriptors, openDescriptor } from "./sockets/handover_descriptor.ts";
import { openKernelToWatch } from "./kernel/handover_kernel.ts";
import { listenToHandOver } from "./kernel/kernel_listen.ts";
import { ioThreadMain } from "./io_thread_program.ts";
import { IoThreads } from "./io_threads.ts";
import type { Back, Loan } from "./threads/loan_messages.ts";
import type { HandoverMessage, HandoverSocket } from "./sockets/parcel.ts";
import type { ServerContext } from "./server_context.ts";
import { Lender, type WatchingSelector } from "./threads/lending.ts";

const WATCH = "watch";
const ONE_BYTE = 1;

/**
 * Main thread: listens for connections that can be lent, again and again.
 *
 * @throws what `Deno.listen` throws; `Error` where descriptors cannot be handed over.
 */
export function listenForLending(
  options: { hostname: string; port: number },
  { kernel }: Partial<Pick<ServerContext, "kernel">> = {},
): ListeningSocket<HandoverSocket> {
  if (kernel !== undefined) return listenToHandOver(options, false);
  const listener = listenForDescriptors(options);
  if (listener !== undefined) return listener;
  throw new Error("a connection cannot be lent to another thread here: there are no descriptors");
}

/** The watching threads, as the main thread sees them. */
export class WatchingThreads extends IoThreads<Loan> {
  /**
   * Starts the threads.
   *
   * @param module the file whose `watchingThreadMain` the threads run.
   * @param count how many; a whole number from 1.
   * @param eventThreads to which they lend.
   */
  constructor(module: string, count: number, eventThreads: EventThreads, context: ServerContext) {
    super(module, count, context, {
      kind: WATCH,
      onMessage: (loan, watcher) => eventThreads.start(loan, watcher),
    });
  }
}

/**
 * Makes a module the program of the watching threads.
 *
 * @param meta the module's `import.meta`.
 * @param loop the event loop; it ends when the selector is stopped and the last connection closed.
 */
export function watchingThreadMain(
  meta: ImportMeta,
  loop: (selector: WatchingSelector, lender: Lender, context: ServerContext) => Promise<void>,
): void {
  ioThreadMain<Back>(
    meta,
    (selector, context, tell) => loop(selector, new Lender(selector, tell), context),
    { kind: WATCH, open: openToWatch },
  );
}

function openToWatch(message: HandoverMessage): ByteStream | undefined {
  if (message.way === "kernel") return openKernelToWatch(message);
  return message.way === "descriptor" ? openDescriptor(message, ONE_BYTE) : undefined;
}
