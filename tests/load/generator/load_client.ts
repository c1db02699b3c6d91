/** One client of a load: sends requests in one piece, and tells when each reply is there. */
import { writeAll } from "../../grader/clients/write_all.ts";
import type { Batch } from "./work.ts";

const MOST_BUFFER = 65_536;
const MOST_QUOTED = 60;

/** Where a server listens. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
}

/** A client that is connected, or will be. */
export class LoadClient {
  readonly #address: Address;
  readonly #buffer: Uint8Array<ArrayBuffer>;
  readonly #ending = new AbortController();
  #conn?: Deno.TcpConn;

  /** @param replyBytes of what comes at once at most; it is read in pieces of 64 KiB all the same. */
  constructor(address: Address, replyBytes: number) {
    this.#address = address;
    this.#buffer = new Uint8Array(Math.max(256, Math.min(MOST_BUFFER, replyBytes)));
  }

  /** Connects, unless it is connected. @throws Error when nobody listens, or it has ended. */
  async connect(): Promise<void> {
    if (this.#conn !== undefined) return;
    const { signal } = this.#ending;
    const conn = await Deno.connect({ ...this.#address, signal });
    if (signal.aborted) throw new Error("the client has ended");
    conn.setNoDelay(true);
    this.#conn = conn;
  }

  /** Leaves; it may connect again. */
  leave(): void {
    this.#conn?.close();
    this.#conn = undefined;
  }

  /** Ends for good: who waits for a connection or a reply gets an error. Safe to call twice. */
  end(): void {
    this.#ending.abort();
    this.leave();
  }

  /**
   * Sends the requests, and waits for all replies. What it writes and what it reads go side by side: a
   * server whose replies nobody takes may stop reading.
   *
   * @param onReply is called for each reply, in order.
   * @throws Error when a reply is another than what is due, or the connection ends.
   */
  async ask({ bytes, replies }: Batch, onReply: () => void): Promise<void> {
    const conn = this.#conn;
    if (conn === undefined) throw new Error("the client is not connected");
    const writing = writeAll(conn, bytes);
    // Waited for below; until then what goes wrong with it is nobody's.
    writing.catch(() => {});
    let begun = 0, done = 0, missing = replies[0].bytes;
    while (done < replies.length) {
      const count = await conn.read(this.#buffer);
      if (count === null) throw new Error("the server closed a connection");
      for (let at = 0; at < count;) {
        if (done === replies.length) throw new Error("the server sent more than was asked for");
        if (begun === done) this.#look(at, count, replies[begun++].begins);
        const taken = Math.min(missing, count - at);
        at += taken;
        missing -= taken;
        if (missing > 0) continue;
        onReply();
        missing = replies[++done]?.bytes ?? 0;
      }
    }
    await writing;
  }

  /** A reply begins here. */
  #look(at: number, end: number, begins: number): void {
    if (this.#buffer[at] === begins) return;
    const [line] = new TextDecoder().decode(this.#buffer.subarray(at, end)).split("\r\n");
    throw new Error(`the server replied ${line.slice(0, MOST_QUOTED)}`);
  }
}
