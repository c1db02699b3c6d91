/** How a connection is closed: so that the client gets what was written to it, or at once. */
import type { ByteStream } from "../sockets/byte_stream.ts";
import { linger } from "./linger.ts";
import type { ReplyWriter } from "./reply_writer.ts";
import type { RequestReader } from "./request_reader.ts";
import type { ConnectionOptions } from "./connection_options.ts";
import type { Life } from "./life.ts";

/** How long a closing connection is still read, so that the last reply arrives. */
const LINGER_MS = 1000;
/** The same for a connection that was idle when the server stopped: nothing much can be on its way. */
const IDLE_LINGER_MS = 250;

/** Closes one connection, once. */
export class Closing {
  readonly #life: Life;
  #gently: Promise<void> | undefined;

  /** Closes nothing yet. */
  constructor(
    readonly stream: ByteStream,
    life: Life,
    readonly reader: RequestReader,
    readonly writer: ReplyWriter,
    readonly options: ConnectionOptions,
  ) {
    this.#life = life;
  }

  /** See `Connection.finish`. */
  finish(graceMs: number): void {
    if (this.#life.closed) return;
    this.#life.enter("draining");
    this.#life.endWithin(graceMs);
    if (this.reader.reading) this.gently(IDLE_LINGER_MS);
  }

  /** Writes what is queued, then closes; in between it lingers while the client may be sending. */
  gently(lingerMs = LINGER_MS): Promise<void> {
    return this.#gently ??= this.#closeGently(lingerMs);
  }

  async #closeGently(lingerMs: number): Promise<void> {
    const { stream, reader } = this;
    this.#life.enter("closing");
    await this.writer.write();
    const isThere = !reader.eof && !this.#life.broken && !this.#life.closed;
    if (isThere) await linger(stream, reader, lingerMs);
    this.now();
  }

  /**
   * Frees the socket at once, whatever is queued.
   *
   * @param why for the trace.
   */
  now(why = ""): void {
    if (this.#life.closed) return;
    const { id, trace, onClosed } = this.options;
    // Of a detached connection's close tells the thread that has its socket.
    if (!this.#life.detached) trace?.("close", id, why);
    this.#life.enter("closed");
    this.stream.close();
    onClosed?.();
  }
}
