/**
 * One client's connection: requests in, replies out, in order. What every model owes every client
 * lives here, once: short writes, half-close, protocol errors, the idle time-out, and a close after
 * which the client still gets what was written to it.
 *
 * Invariant: at most one `read()` and one `write()` are under way; a connection is read again only
 * when what it asked for is written. So a client that doesn't read its replies is not read from
 * either (back-pressure), and costs at most one read buffer and its replies.
 */
import type { ByteStream } from "./byte_stream.ts";
import { IdleWatch } from "./idle_watch.ts";
import { linger } from "./linger.ts";
import { SHUTDOWN_GRACE_MS } from "./options.ts";
import { errorReply, ProtocolError, type Reply, type Request } from "./protocol.ts";
import { ReplyWriter } from "./reply_writer.ts";
import { RequestReader } from "./request_reader.ts";
import type { Trace } from "./trace.ts";

/** How long a closing connection is still read, so that the last reply arrives. */
const LINGER_MS = 1000;
/** The same for a connection that was idle when the server stopped: nothing much can be on its way. */
const IDLE_LINGER_MS = 250;

const NOTHING_READ: Uint8Array = new Uint8Array(0);
const MID_REQUEST = errorReply("ERR Protocol error: unexpected end of request");

/** What a connection needs from the server around it. */
export interface ConnectionOptions {
  /** The connection's number, from 1. */
  id: number;
  /** 0: never. */
  idleTimeoutMs: number;
  /** Space for each read, at least. Default: what there is. */
  chunkBytes?: number;
  /** Where reads, writes and the close are reported. */
  trace?: Trace;
  /** Called once, when the socket is freed. */
  onClosed?: () => void;
}

/** What a thread gives back with a connection that it was lent. */
export interface Returned {
  /** What it read and did not use. */
  readonly rest: Uint8Array;
  /**
   * Whether the connection waits for bytes, is ready already, since the rest may be a whole request,
   * is to be closed, or is closed but for the lender's descriptor.
   */
  readonly state: "open" | "ready" | "ended" | "closed";
}

/** One client's connection, used by one thread. */
export class Connection {
  /** The connection's number, from 1. */
  readonly id: number;
  readonly #stream: ByteStream;
  readonly #options: ConnectionOptions;
  readonly #reader: RequestReader;
  readonly #writer: ReplyWriter;
  readonly #idle?: IdleWatch;
  /** The server stops: what was read is still answered. */
  #finishing = false;
  /** Then this is the connection's last moment. */
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #closing: Promise<void> | undefined;
  /** Requests taken and not answered yet: a connection with one is never idle. */
  #inHand = 0;
  /** Another thread has the socket, by a duplicate: nothing is read or written here meanwhile. */
  #lent = false;

  /**
   * Begins the connection; its idle time-out runs from now.
   *
   * @param stream the client's bytes; this connection closes it.
   * @param rest what was read from it already, by whoever lent it.
   */
  constructor(stream: ByteStream, options: ConnectionOptions, rest = NOTHING_READ) {
    this.id = options.id;
    this.#stream = stream;
    this.#options = options;
    const { id, trace, chunkBytes, idleTimeoutMs } = options;
    const onMoved = () => this.#idle?.moved();
    const onBroken = () => this.#onBroken();
    const onCutShort = () => this.#writer.queue(MID_REQUEST.bytes);
    const reading = { id, trace, chunkBytes, onMoved, onCutShort, onBroken };
    this.#reader = new RequestReader(stream, reading, rest);
    this.#writer = new ReplyWriter(stream, { id, trace, onMoved, onBroken });
    if (idleTimeoutMs > 0) {
      const isBusy = () => this.#inHand > 0 || this.#lent;
      this.#idle = new IdleWatch(idleTimeoutMs, isBusy, () => this.closeNow());
    }
  }

  /** How many bytes came so far, those not counted that were read before by whoever lent it. */
  get received(): number {
    return this.#reader.received;
  }

  /** True when no request will be taken any more; replies may still have to be written. */
  get ended(): boolean {
    return this.#reader.ended;
  }

  /**
   * Ends the connection when what was read so far is answered; at once when it waits in `read()`.
   *
   * @param graceMs how long the client may take to read its replies, in ms; then it is cut off.
   */
  finish(graceMs: number = SHUTDOWN_GRACE_MS): void {
    if (this.#closed) return;
    this.#finishing = true;
    this.#idle?.stop();
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.closeNow(), graceMs);
    if (this.#reader.isReading) this.#closing ??= this.#closeGently(IDLE_LINGER_MS);
  }

  /**
   * Waits for bytes from the client.
   *
   * @returns true when some came, false when none will: then the connection is to be closed.
   */
  read(): Promise<boolean> {
    if (this.#finishing) this.end();
    return this.#reader.read();
  }

  /** A read or write failed: nobody is there any more. */
  #onBroken(): void {
    this.#reader.breakOff();
    this.#writer.drop();
  }

  /**
   * Takes one request, without waiting. Bytes that cannot be a request end the connection; the error
   * is among the replies.
   *
   * @returns the next request that has come whole, or undefined.
   */
  nextRequest(): Request | undefined {
    try {
      const request = this.#reader.next();
      if (request !== undefined) this.#inHand++;
      return request;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#writer.queue(errorReply(`ERR ${error.message}`).bytes);
      this.end();
      return undefined;
    }
  }

  /** The requests that have come whole, in order. */
  *requests(): Generator<Request, void> {
    for (let next = this.nextRequest(); next !== undefined; next = this.nextRequest()) yield next;
  }

  /** Queues the reply to the oldest request that has none; `write()` sends it. */
  reply(reply: Reply): void {
    this.#inHand--;
    this.#writer.queue(reply.bytes);
    if (reply.last) this.end();
  }

  /** Takes no more requests from this client; what it asked before is still answered. */
  end(): void {
    this.#reader.end();
  }

  /**
   * Writes all replies that are queued, and those queued meanwhile.
   *
   * @returns a promise that settles when the operating system has taken them, or the client is gone.
   */
  write(): Promise<void> {
    return this.#closed ? this.#writer.written() : this.#writer.write();
  }

  /** Writes what is queued, then closes; in between it lingers while the client may be sending. */
  close(): Promise<void> {
    return this.#closing ??= this.#closeGently(LINGER_MS);
  }

  async #closeGently(lingerMs: number): Promise<void> {
    this.end();
    await this.write();
    if (!this.#reader.eof && !this.#closed) await this.#linger(lingerMs);
    this.closeNow();
  }

  async #linger(lingerMs: number): Promise<void> {
    const deadline = setTimeout(() => this.closeNow(), lingerMs);
    await linger(this.#stream, this.#reader.reading, () => this.#reader.eof);
    clearTimeout(deadline);
  }

  /** Frees the socket at once, whatever is queued. */
  closeNow(): void {
    if (this.#closed) return;
    this.#options.trace?.("close", this.id);
    this.#free();
    this.#options.onClosed?.();
  }

  #free(): void {
    this.#closed = true;
    this.end();
    this.#idle?.stop();
    clearTimeout(this.#deadline);
    this.#stream.close();
  }

  /**
   * Lends the socket to another thread, until `takeBack()`. Not while a `read()` or `write()` is under
   * way. A connection that is lent is never idle.
   *
   * @returns what was read and belongs to no request yet, and a duplicate of the descriptor, -1 when
   *   there is none left.
   */
  lend(): { rest: Uint8Array; fd: number } {
    this.#lent = true;
    return { rest: this.#reader.takeRest(), fd: this.#stream.duplicate?.() ?? -1 };
  }

  /** Goes on where the other thread ended. */
  takeBack({ rest, state }: Returned): void {
    this.#lent = false;
    this.#idle?.moved();
    this.#reader.put(rest, state === "ready");
    if (state === "ended" || state === "closed") this.end();
    if (state !== "closed" || this.#closed) return;
    this.#free();
    this.#options.onClosed?.();
  }

  /**
   * For the thread that was lent the socket: closes the duplicate, without a word to the client. The
   * connection is to be closed before, when it has ended.
   */
  giveBack(): Returned {
    if (this.#closed) return { rest: NOTHING_READ, state: "closed" };
    const rest = this.#reader.takeRest();
    this.#free();
    return { rest, state: this.#reader.unseen ? "ready" : "open" };
  }
}
