/**
 * Watching threads: each waits for the bytes of many connections, and reads none of them. One that is
 * ready is lent to an event thread, and watched again when it comes back.
 *
 * A program in C is told that bytes have come, and leaves them where they are. Deno tells by reading.
 * So a watching thread reads one byte, and gives it along.
 *
 * Invariant: each connection that is lent comes back once (see `event_threads.ts`), and is not read
 * here before. Watching thread and event thread have a descriptor each, of one and the same socket.
 */
import type { ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import type { Connection } from "./connection.ts";
import type { Back, EventThreads, Loan } from "./event_threads.ts";
import type { HandoverMessage, HandoverSocket } from "./handover.ts";
import { descriptorMessage, listenForDescriptors, openDescriptor } from "./handover_descriptor.ts";
import { ioThreadMain } from "./io_thread_program.ts";
import { IoThreads } from "./io_threads.ts";
import type { Selector } from "./selector.ts";
import type { ServerContext } from "./server_context.ts";

const WATCH = "watch";
const ONE_BYTE = 1;

/** A selector whose messages are connections that come back. */
export type WatchingSelector = Selector<ByteStream, Back>;

/**
 * Main thread: listens for connections that can be lent, again and again.
 *
 * @throws what `Deno.listen` throws; `Error` where descriptors cannot be handed over.
 */
export function listenForLending(
  options: { hostname: string; port: number },
): ListeningSocket<HandoverSocket> {
  const listener = listenForDescriptors(options);
  if (listener !== undefined) return listener;
  throw new Error("a connection cannot be lent to another thread here: there are no descriptors");
}

/** The watching threads, as the main thread sees them. */
export class WatchingThreads extends IoThreads {
  /**
   * Starts the threads.
   *
   * @param module the file whose `watchingThreadMain` the threads run.
   * @param count how many; a whole number from 1.
   * @param eventThreads to which they lend.
   * @throws RangeError when the number is out of range.
   */
  constructor(module: string, count: number, eventThreads: EventThreads, context: ServerContext) {
    super(module, count, context, {
      kind: WATCH,
      onMessage: (loan, watcher) => eventThreads.start(loan as Loan, watcher),
    });
  }
}

/** Watching thread: the connections that it has lent. */
export class Lender {
  readonly #lent = new Map<number, Connection>();

  /**
   * Nothing is lent yet.
   *
   * @param selector gets a `Back` as a message when a connection comes back.
   * @param tell posts a `Loan` to the main thread.
   */
  constructor(readonly selector: WatchingSelector, readonly tell: (loan: Loan) => void) {}

  /** Lends a connection that is ready. */
  lend(connection: Connection): void {
    const { id } = connection;
    this.#lent.set(id, connection);
    const { rest, fd } = connection.lend();
    if (fd >= 0) this.tell({ id, rest, message: descriptorMessage(fd) });
    // Out of descriptors: there is nothing to lend.
    else this.selector.post({ id, rest, state: "ended" });
  }

  /** Takes back what came as a message. @returns the connection; it may have ended meanwhile. */
  takeBack(back: Back): Connection {
    const connection = this.#lent.get(back.id)!;
    this.#lent.delete(back.id);
    connection.takeBack(back);
    return connection;
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
  return message.way === "descriptor" ? openDescriptor(message, ONE_BYTE) : undefined;
}
