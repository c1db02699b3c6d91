/**
 * Lending: the thread that watches a connection leaves it to an event thread for one event.
 *
 * 1. The watching thread detaches its connection, and posts a `Loan`: what it has read, and a duplicate
 *    of the descriptor. Two numbers, one socket: closing one of them tells the client nothing.
 * 2. The event thread makes a connection of its own of that, serves it, and posts a `Back`: what it has
 *    read and not used, and what is to become of the connection.
 * 3. The watching thread attaches its connection again, with what came back.
 *
 * Invariant: each connection that is lent comes back once (see `../event_threads.ts`), and is not read
 * here before.
 */
import { Connection } from "../connection.ts";
import { kernelMessage, openKernel, reclaimKernel } from "../kernel/handover_kernel.ts";
import { LoopSocket } from "../kernel/loop_socket.ts";
import {
  descriptorMessage,
  openDescriptor,
  reclaimDescriptor,
} from "../sockets/handover_descriptor.ts";
import type { Back, Loan } from "./loan_messages.ts";
import { NodeSocketStream } from "../sockets/node_socket_stream.ts";
import { CHUNK_BYTES } from "../read_requests.ts";
import type { ByteStream } from "../sockets/byte_stream.ts";
import type { Selector } from "../selector.ts";
import type { ServerContext } from "../server_context.ts";

const NOTHING = new Uint8Array(0);

/** A selector whose messages are connections that come back. */
export type WatchingSelector = Selector<Back>;

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
    const { stream, rest } = connection.detach();
    const message = duplicateOf(stream);
    if (message !== undefined) this.tell({ kind: "loan", id, rest, message });
    // Out of descriptors: there is nothing to lend.
    else this.selector.post({ kind: "back", id, rest, state: "ended" });
  }

  /** Takes back what came as a message. @returns the connection; it may have ended meanwhile. */
  takeBack({ id, rest, state }: Back): Connection {
    const connection = this.#lent.get(id)!;
    this.#lent.delete(id);
    // Closed by the event thread: only our descriptor is left.
    if (state === "closed") connection.closeNow();
    else connection.attach({ rest, ready: state === "ready" });
    if (state === "ended") connection.end();
    return connection;
  }
}

/** A second descriptor of the socket, for another thread; undefined when there is none left. */
function duplicateOf(stream: ByteStream): Loan["message"] | undefined {
  const isKernels = stream instanceof LoopSocket;
  const fd = isKernels || stream instanceof NodeSocketStream ? stream.duplicate() : -1;
  if (fd < 0) return undefined;
  return isKernels ? kernelMessage(fd, false) : descriptorMessage(fd);
}

/** Main thread: closes the descriptor, unless a thread took it. */
export function reclaimLoan({ message }: Loan): void {
  if (message.way === "kernel") reclaimKernel(message);
  else reclaimDescriptor(message);
}

/** What an event thread does for the connection that it was lent. */
export type ServeEvent = (connection: Connection, context: ServerContext) => Promise<void>;

/**
 * Event thread: takes the connection, lets it be served, and closes what the thread has of it.
 *
 * @returns what the thread that watches it is to get.
 */
export async function serveLoan(
  { id, rest, message }: Loan,
  context: ServerContext,
  serve: ServeEvent,
): Promise<Back> {
  const stream = message.way === "kernel"
    ? openKernel(message)
    : openDescriptor(message, CHUNK_BYTES);
  if (stream === undefined) return { kind: "back", id, rest, state: "ended" };
  const options = { ...context.connectionOptions(id), chunkBytes: CHUNK_BYTES };
  const connection = new Connection(stream, options);
  connection.attach({ rest, ready: rest.length > 0 });
  await serve(connection, context);
  if (connection.ended) await connection.close();
  if (connection.state === "closed") return { kind: "back", id, rest: NOTHING, state: "closed" };
  const left = connection.detach();
  connection.closeNow();
  return { kind: "back", id, rest: left.rest, state: left.ready ? "ready" : "open" };
}
