/**
 * One client's connection: requests in, replies out, in order. What every model owes every client
 * lives here, once: short writes, half-close, protocol errors, the idle time-out, and a close after
 * which the client still gets what was written to it.
 *
 * | state    | what it means                            | what may be called    | what leads out of it  |
 * | -------- | ---------------------------------------- | --------------------- | --------------------- |
 * | open     | requests are read, taken and answered    | all                   | `finish`; (a)         |
 * | draining | the server stops: nothing more is read   | all                   | `read`; (a)           |
 * | ended    | none is taken; replies are still written | reply, write, close   | `close`               |
 * | closing  | the client gets the rest of its replies  | closeNow              | it has them; too late |
 * | closed   | the socket is free                       |                       |                       |
 * | detached | one of the first three, elsewhere        | attach, finish, closeNow | `attach`           |
 *
 * (a) to ended: `end`, a last reply, the client's last byte, bytes that are no request, a broken socket.
 * A state leads to a later one, never back: `close` to closing, and so does `finish` when the client
 * has asked for nothing; `closeNow`, the idle time-out and the end of `finish`'s grace to closed. What
 * is called too late does nothing. Detached: another thread has the socket meanwhile.
 *
 * Invariant: at most one `read()` and one `write()` are under way; a connection is read again only
 * when what it asked for is written. So who doesn't read its replies is not read from either
 * (back-pressure), and costs at most one read buffer and its replies.
 */
import type { ByteStream } from "./sockets/byte_stream.ts";
import { Closing } from "./connection/closing.ts";
import type { ConnectionOptions } from "./connection/connection_options.ts";
import { type ConnectionState, Life } from "./connection/life.ts";
import { SHUTDOWN_GRACE_MS } from "./options.ts";
import type { Reply, Request } from "./protocol/protocol.ts";
import { ReplyWriter } from "./connection/reply_writer.ts";
import { type Leftover, RequestReader } from "./connection/request_reader.ts";

/** One client's connection, used by one thread. */
export class Connection {
  /** The connection's number, from 1. */
  readonly id: number;
  readonly #reader: RequestReader;
  readonly #writer: ReplyWriter;
  readonly #life: Life;
  readonly #closing: Closing;

  /** Begins the connection; its idle time-out runs from now. The stream is its own, to close too. */
  constructor(stream: ByteStream, options: ConnectionOptions) {
    this.id = options.id;
    const life = this.#life = new Life(options.idleTimeoutMs, (why) => this.#closing.now(why));
    const writer = this.#writer = new ReplyWriter(stream, life, options);
    const reader = this.#reader = new RequestReader(stream, life, options, writer);
    this.#closing = new Closing(stream, life, reader, writer, options);
  }

  /** Where the connection is in its life. */
  get state(): ConnectionState {
    return this.#life.state;
  }

  /** True when no request will be taken any more; replies may still have to be written. */
  get ended(): boolean {
    return this.#life.ended;
  }

  /** How many bytes were read here so far. */
  get received(): number {
    return this.#reader.received;
  }

  /**
   * Waits for bytes from the client.
   *
   * @returns true when some came, false when none will: then the connection is to be closed.
   */
  read(): Promise<boolean> {
    if (this.#life.draining) this.end();
    return this.#reader.read();
  }

  /**
   * Takes one request, without waiting. Bytes that cannot be one end the connection; the error is
   * among the replies, behind those that are due.
   *
   * @param wanted what is not wanted stays, and is not returned. Default: all are.
   * @returns the next request that has come whole, or undefined.
   */
  nextRequest(wanted?: (request: Request) => boolean): Request | undefined {
    const request = this.#reader.next(wanted);
    if (request !== undefined) this.#life.inHand++;
    return request;
  }

  /** The requests that have come whole, in order. */
  *requests(): Generator<Request, void> {
    for (let next = this.nextRequest(); next !== undefined; next = this.nextRequest()) yield next;
  }

  /** Queues the reply to the oldest request that has none, or to several; `write()` sends it. */
  reply(reply: Reply): void {
    this.#writer.queue(reply.bytes);
    this.#life.inHand -= reply.answers ?? 1;
    if (reply.last) this.end();
  }

  /**
   * Writes all replies that are queued, and those queued meanwhile. Settles when the operating system
   * has taken them, or the client is gone.
   */
  write(): Promise<void> {
    return this.#writer.write();
  }

  /** Takes no more requests from this client; what it asked before is still answered. */
  end(): void {
    this.#life.enter("ended");
  }

  /**
   * Ends the connection when what was read so far is answered; at once when it waits in `read()`.
   *
   * @param graceMs how long the client may take to read its replies, in ms; then it is cut off.
   */
  finish(graceMs: number = SHUTDOWN_GRACE_MS): void {
    this.#closing.finish(graceMs);
  }

  /** Writes what is queued, then closes; in between it lingers while the client may be sending. */
  close(): Promise<void> {
    return this.#closing.gently();
  }

  /** Frees the socket at once, whatever is queued. */
  closeNow(): void {
    this.#closing.now();
  }

  /**
   * Leaves the socket to another thread, until `attach()`. Not while a `write()` is under way; nor a
   * `read()`, unless `closeNow()` follows, which tells the trace nothing: the other thread does.
   *
   * @returns the socket, and what was read from it and belongs to no request yet.
   */
  detach(): Leftover & { readonly stream: ByteStream } {
    this.#life.detached = true;
    return { stream: this.#closing.stream, ...this.#reader.takeLeftover() };
  }

  /** Goes on where another thread ended: with what that one read and did not use. */
  attach(leftover: Leftover): void {
    this.#life.detached = false;
    this.#life.moved();
    this.#reader.putLeftover(leftover);
  }
}
