/**
 * A connection's requests on their way in: bytes are read into one buffer, and requests are taken out
 * of it. The client's last byte, and bytes that cannot be a request, end the connection's reading.
 *
 * Invariant: at most one `read()` of the stream is under way. When the connection has ended, no
 * request is handed out any more, whatever else comes.
 */
import type { ByteStream } from "../sockets/byte_stream.ts";
import type { ConnectionOptions } from "./connection_options.ts";
import type { Life } from "./life.ts";
import { errorReply, ProtocolError, type Request } from "../protocol/protocol.ts";
import type { ReplyWriter } from "./reply_writer.ts";
import { RequestParser } from "../protocol/request_parser.ts";

/** What was read from a connection and belongs to no request yet. */
export interface Leftover {
  /** The bytes. */
  readonly rest: Uint8Array;
  /** Whether they may be a whole request, since nobody has looked: then no more need come. */
  readonly ready: boolean;
}

/** Reads one connection's requests. */
export class RequestReader {
  readonly #stream: ByteStream;
  readonly #life: Life;
  readonly #options: ConnectionOptions;
  readonly #parser = new RequestParser();
  #reading: Promise<boolean> | undefined;
  #eof = false;
  #received = 0;
  /** Where bytes came from in which nobody has looked for a request: read here, or put in. */
  #unseen: "read" | "put" | undefined;

  /**
   * Begins with nothing.
   *
   * @param stream where the bytes come from.
   * @param writer gets the error for the client when its bytes cannot be a request.
   */
  constructor(
    stream: ByteStream,
    life: Life,
    options: ConnectionOptions,
    readonly writer: ReplyWriter,
  ) {
    this.#stream = stream;
    this.#life = life;
    this.#options = options;
  }

  /** The `read()` that is under way. */
  get reading(): Promise<unknown> | undefined {
    return this.#reading;
  }

  /** Whether the client has sent its last byte. */
  get eof(): boolean {
    return this.#eof;
  }

  /** How many bytes were read here so far. */
  get received(): number {
    return this.#received;
  }

  /** Waits for bytes. Returns true when some came, false when none will, or nobody wants them. */
  read(): Promise<boolean> {
    if (this.#life.ended) return Promise.resolve(false);
    if (this.#unseen === "put") {
      // Once: who does not look then waits, or a connection could go to and fro for ever.
      this.#unseen = undefined;
      return Promise.resolve(true);
    }
    return this.#reading = this.#stream.read(this.#parser.buffer.space(this.#options.chunkBytes))
      .then(this.#onRead, this.#onFailed);
  }

  #onRead = (count: number | null): boolean => {
    this.#reading = undefined;
    if (count === null) return this.#onEnd();
    if (this.#life.ended) return false;
    this.#life.moved();
    this.#received += count;
    this.#unseen = "read";
    // None: the stream only says that there are some.
    if (count > 0) {
      this.#options.trace?.("read", this.#options.id, count === 1 ? "1 byte" : `${count} bytes`);
    }
    this.#parser.buffer.filled(count);
    return true;
  };

  #onEnd(): boolean {
    this.#options.trace?.("read", this.#options.id, "end: the client sends no more");
    this.#eof = true;
    if (this.#parser.midRequest) this.#wrong("Protocol error: unexpected end of request");
    this.#life.enter("ended");
    return false;
  }

  /** A reset, or a close of ours while the call was under way. */
  #onFailed = (): boolean => {
    this.#reading = undefined;
    this.#life.breakOff();
    return false;
  };

  #wrong(message: string): void {
    if (!this.#life.ended) this.writer.queue(errorReply(`ERR ${message}`).bytes);
    this.#life.enter("ended");
  }

  /**
   * Takes one request, without waiting.
   *
   * @param wanted see `RequestParser.next`.
   * @returns the next request that has come whole, or undefined.
   */
  next(wanted?: (request: Request) => boolean): Request | undefined {
    if (this.#life.ended) return undefined;
    try {
      const request = this.#parser.next(wanted);
      if (request === undefined) this.#unseen = undefined;
      return request;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      // The replies to what came before go first; it is found again when somebody looks then.
      if (this.#life.inHand > 0) this.#unseen = "put";
      else this.#wrong(error.message);
    }
  }

  /** Takes out what was read and belongs to no request yet. */
  takeLeftover(): Leftover {
    return { rest: this.#parser.takeRest(), ready: this.#unseen === "read" };
  }

  /** Puts in what was read elsewhere. When it is ready, the next `read()` waits for nothing. */
  putLeftover({ rest, ready }: Leftover): void {
    this.#parser.buffer.put(rest);
    this.#unseen = ready ? "put" : undefined;
  }
}
