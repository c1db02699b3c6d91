/**
 * One TCP client of an experiment. It reads all the time, unless told not to, and says in the
 * experiment's record what it does and what comes: so a failure can show the steps that led to it.
 */
import { encodeRequest } from "../../../lessons/tools/resp_request.ts";
import { owned } from "./owners.ts";
import { ReplyReader } from "./reply_reader.ts";
import { shown } from "./shown.ts";
import { writeAll } from "./write_all.ts";

export { shown, writeAll };

/** Takes down one step: who, what, and the bytes if any. */
export type Record = (who: string, what: string) => void;

/** The server closed or reset the connection before the reply. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

/** A connected client. */
export class Client {
  /** The local port, by which the server's end is found in the system's list of sockets. */
  readonly port: number;
  readonly #replies: ReplyReader;
  #closed = false;
  #sending: Promise<void> = Promise.resolve();

  private constructor(
    readonly name: string,
    readonly conn: Deno.TcpConn,
    readonly record: Record,
    reads: boolean,
  ) {
    this.port = (conn.localAddr as Deno.NetAddr).port;
    this.#replies = new ReplyReader(conn, reads, {
      onReply: (reply) => record(name, `gets ${shown(reply)}`),
      onLost: (why) => {
        if (!this.#closed) record(name, why);
        return new ConnectionLost(why);
      },
    });
  }

  /**
   * Connects to the port on loopback.
   *
   * @param reads false: what comes stays in the kernel.
   */
  static async connect(name: string, port: number, record: Record, reads = true): Promise<Client> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    conn.setNoDelay(true);
    record(name, "connects");
    return new Client(name, conn, record, reads);
  }

  /** Sends words as one RESP array: `send("SLEEP", "150")`. */
  async send(...words: string[]): Promise<void> {
    await this.#write(`sends ${shown(words.join(" "))}`, encodeRequest(...words));
  }

  /** Sends text as it stands; `\r\n` ends a request. */
  async sendRaw(text: string): Promise<void> {
    await this.#write(`sends ${shown(text)}`, new TextEncoder().encode(text));
  }

  /**
   * Sends the same bytes many times, as far as the server takes it; ends when the client closes.
   *
   * @returns how many bytes it has sent so far; this grows.
   */
  sendInBackground(bytes: Uint8Array, times: number): { readonly bytes: number } {
    const sent = { bytes: 0 };
    this.#sending = (async () => {
      for (let i = 0; i < times; i++) {
        await writeAll(this.conn, bytes);
        sent.bytes += bytes.length;
      }
    })().catch(() => {});
    return sent;
  }

  /** Sends a request, and waits for its reply. */
  ask(...words: string[]): Promise<string> {
    return owned(this, this.send(...words).then(() => this.reply()));
  }

  async #write(step: string, bytes: Uint8Array): Promise<void> {
    this.record(this.name, step);
    try {
      await writeAll(this.conn, bytes);
    } catch (cause) {
      throw new ConnectionLost(`the connection broke while ${this.name} was sending`, { cause });
    }
  }

  /**
   * Waits for the next reply.
   *
   * @returns `+OK`, `-ERR …`, `:42`, a bulk string as its text, `nil`, an array as `[one, :2, [three]]`.
   * @throws ConnectionLost when the connection ends first.
   */
  reply(): Promise<string> {
    return owned(this, this.#replies.next());
  }

  /** Replies that came whole. */
  get came(): number {
    return this.#replies.came;
  }

  /** Replies that came and that nobody waits for. */
  get unasked(): number {
    return this.#replies.unasked;
  }

  /** Whether it takes what comes; that which has come may still lie in the kernel. */
  get reads(): boolean {
    return this.#replies.reads && !this.#closed && !this.#replies.lost;
  }

  /** True when bytes of a reply have come whose end has not. */
  get midReply(): boolean {
    return this.#replies.midReply;
  }

  /** Settles when neither reading nor sending is under way any more. */
  async ended(): Promise<void> {
    await Promise.all([this.#replies.ended, this.#sending]);
  }

  /** Half-close: sends no more, and goes on reading. */
  async closeWrite(): Promise<void> {
    this.record(this.name, "half-closes");
    await this.conn.closeWrite();
  }

  /** Closes the connection. Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.record(this.name, "closes");
    this.conn.close();
  }
}
