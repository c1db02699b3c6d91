/**
 * A connection's requests on their way in: bytes are read into one buffer, and requests are taken out
 * of it.
 *
 * Invariant: at most one `read()` of the stream is under way. When the reader has ended, no request
 * is handed out any more, whatever else comes.
 */
import type { ByteStream } from "./byte_stream.ts";
import type { Request } from "./protocol.ts";
import { RequestParser } from "./request_parser.ts";
import type { Trace } from "./trace.ts";

/** What a reader is told, and whom it tells. */
export interface ReaderOptions {
  /** The connection's number, for the trace. */
  readonly id: number;
  /** Space for each read, at least. Default: what there is. */
  readonly chunkBytes?: number;
  /** Where reads are reported. */
  readonly trace?: Trace;
  /** Called when bytes have come. */
  readonly onMoved: () => void;
  /** Called when the client has sent its last byte in the middle of a request. */
  readonly onCutShort: () => void;
  /** Called when the client is gone. */
  readonly onBroken: () => void;
}

/** Reads one connection's requests. */
export class RequestReader {
  readonly #stream: ByteStream;
  readonly #options: ReaderOptions;
  readonly #parser = new RequestParser();
  #reading: Promise<boolean> | undefined;
  #isReading = false;
  #ended = false;
  #eof = false;
  #received = 0;
  /** Bytes came in which nobody has looked for a request. */
  #unseen = false;
  /** Such bytes came from another thread: they are as good as read. */
  #ready = false;

  /**
   * Nothing is read yet.
   *
   * @param stream where the bytes come from.
   * @param rest what was read from it already, by another thread.
   */
  constructor(stream: ByteStream, options: ReaderOptions, rest: Uint8Array) {
    this.#stream = stream;
    this.#options = options;
    this.put(rest, rest.length > 0);
  }

  /** The latest `read()`; it may be over. */
  get reading(): Promise<unknown> | undefined {
    return this.#reading;
  }

  /** Whether a `read()` is under way. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Whether no request is taken any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Whether nothing is left to read: the client sent its last byte, or the socket is broken. */
  get eof(): boolean {
    return this.#eof;
  }

  /** How many bytes came so far, those not counted that another thread has read. */
  get received(): number {
    return this.#received;
  }

  /** Whether the bytes at hand may be a whole request, since nobody has looked. */
  get unseen(): boolean {
    return this.#unseen;
  }

  /** Takes no more requests. */
  end(): void {
    this.#ended = true;
  }

  /** The stream is broken: nothing will come. */
  breakOff(): void {
    this.#isReading = false;
    this.#eof = true;
    this.end();
  }

  /** Waits for bytes. Returns true when some came, false when none will. */
  read(): Promise<boolean> {
    if (this.#ended) return Promise.resolve(false);
    if (this.#ready) return this.#seeRest();
    this.#isReading = true;
    return this.#reading = this.#stream.read(this.#parser.space(this.#options.chunkBytes))
      .then(this.#onRead, this.#onFailed);
  }

  #seeRest(): Promise<boolean> {
    this.#ready = false;
    return Promise.resolve(true);
  }

  #onRead = (count: number | null): boolean => {
    this.#isReading = false;
    if (count === null) return this.#onEnd();
    if (this.#ended) return false;
    this.#options.onMoved();
    this.#received += count;
    this.#unseen = true;
    this.#options.trace?.("read", this.#options.id, count === 1 ? "1 byte" : `${count} bytes`);
    this.#parser.filled(count);
    return true;
  };

  #onEnd(): boolean {
    this.#options.trace?.("read", this.#options.id, "end: the client sends no more");
    this.#eof = true;
    if (!this.#ended && this.#parser.midRequest) this.#options.onCutShort();
    this.end();
    return false;
  }

  /** A reset, or a close of ours while the call was under way. */
  #onFailed = (): boolean => {
    this.#options.onBroken();
    return false;
  };

  /**
   * Takes one request, without waiting.
   *
   * @returns the next request that has come whole, or undefined.
   * @throws ProtocolError when the bytes cannot be a request.
   */
  next(): Request | undefined {
    if (this.#ended) return undefined;
    const request = this.#parser.next();
    if (request === undefined) this.#unseen = false;
    return request;
  }

  /** Takes out what was read and belongs to no request yet. */
  takeRest(): Uint8Array {
    return this.#parser.takeRest();
  }

  /**
   * Takes over what was read elsewhere.
   *
   * @param ready whether it may be a whole request, so that the next `read()` need not wait.
   */
  put(rest: Uint8Array, ready: boolean): void {
    this.#parser.put(rest);
    this.#ready = ready;
  }
}
