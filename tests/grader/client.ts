/**
 * One TCP client of an experiment. It reads all the time, unless told not to, and says in the
 * experiment's record what it does and what comes: so a failure can show the steps that led to it.
 */
import { ReplyParser, type RespReply } from "../../lessons/tools/resp_reply.ts";
import { ReplyQueue } from "./reply_queue.ts";

/** Takes down one step: who, what, and the bytes if any. */
export type Record = (who: string, what: string) => void;

const encoder = new TextEncoder();
/** The longest reply that is owed to anybody is 512 KiB. */
const MOST_REPLY_BYTES = 1024 * 1024;

/** The server closed or reset the connection before the reply had come. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

/** Which client each promise of a reply is about: a verdict says where that client's bytes are. */
const owners = new WeakMap<Promise<unknown>, Client>();

/** The client whose `reply()` or `ask()` returned the promise; undefined when it is none of these. */
export function ownerOf(promise: Promise<unknown>): Client | undefined {
  return owners.get(promise);
}

/** A connected client. */
export class Client {
  /** The local port, by which the server's end is found in the system's list of sockets. */
  readonly port: number;
  readonly #replies = new ReplyQueue();
  readonly #parser = new ReplyParser(MOST_REPLY_BYTES);
  #closed = false;
  readonly #isReader: boolean;
  readonly #reading: Promise<void>;
  #sending: Promise<void> = Promise.resolve();

  private constructor(
    readonly name: string,
    readonly conn: Deno.TcpConn,
    readonly record: Record,
    reads: boolean,
  ) {
    this.port = (conn.localAddr as Deno.NetAddr).port;
    this.#isReader = reads;
    this.#reading = reads ? this.#read() : Promise.resolve();
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
    const parts = words.map((word) => `$${encoder.encode(word).length}\r\n${word}\r\n`);
    await this.#write(`sends ${shown(words.join(" "))}`, `*${words.length}\r\n${parts.join("")}`);
  }

  /** Sends text as it stands; `\r\n` ends a request. */
  async sendRaw(text: string): Promise<void> {
    await this.#write(`sends ${shown(text)}`, text);
  }

  /** Sends the same text many times, as far as the server takes it; ends when the client closes. */
  sendInBackground(text: string, times: number): void {
    const bytes = encoder.encode(text);
    this.#sending = (async () => {
      for (let i = 0; i < times; i++) await writeAll(this.conn, bytes);
    })().catch(() => {});
  }

  /** Sends a request, and waits for its reply. */
  ask(...words: string[]): Promise<string> {
    return this.#own(this.send(...words).then(() => this.reply()));
  }

  #own(reply: Promise<string>): Promise<string> {
    owners.set(reply, this);
    return reply;
  }

  async #write(step: string, text: string): Promise<void> {
    this.record(this.name, step);
    try {
      await writeAll(this.conn, encoder.encode(text));
    } catch (error) {
      throw new ConnectionLost(`the connection broke while ${this.name} was sending`, {
        cause: error,
      });
    }
  }

  /**
   * Waits for the next reply.
   *
   * @returns a status as `+OK`, an error as `-ERR …`, an integer as `:42`, a bulk string as its text.
   * @throws ConnectionLost when the connection ends first.
   */
  reply(): Promise<string> {
    return this.#own(this.#replies.next());
  }

  /** Replies that came and that nobody waits for. */
  get unasked(): number {
    return this.#replies.unasked;
  }

  /** Whether it takes what comes; that which has come may still lie in the kernel. */
  get reads(): boolean {
    return this.#isReader && !this.#closed && !this.#replies.lost;
  }

  /** True when bytes of a reply have come whose end has not. */
  get midReply(): boolean {
    return this.#parser.midReply;
  }

  /** Settles when neither reading nor sending is under way any more. */
  async ended(): Promise<void> {
    await Promise.all([this.#reading, this.#sending]);
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let n = await this.conn.read(buffer); n !== null; n = await this.conn.read(buffer)) {
        this.#parser.push(buffer.subarray(0, n));
        for (let reply = this.#parser.next(); reply; reply = this.#parser.next()) {
          const text = textOf(reply);
          this.record(this.name, `gets ${shown(text)}`);
          this.#replies.arrive(text);
        }
      }
      this.#lose("the server closed the connection");
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionReset) {
        this.#lose("the server reset the connection");
      } else this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  #lose(why: string): void {
    if (!this.#closed) this.record(this.name, why);
    this.#replies.lose(new ConnectionLost(why));
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

/** Writes all bytes, however few the system takes at a time. */
export async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
}

function textOf(reply: RespReply): string {
  if (reply.kind === "status") return `+${reply.text}`;
  if (reply.kind === "error") return `-${reply.text}`;
  if (reply.kind === "integer") return `:${reply.value}`;
  return reply.kind === "bulk" ? new TextDecoder().decode(reply.bytes) : "nil";
}

/** Bytes as a person can read them, cut where they are many. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= 60 ? quoted : `${quoted.slice(0, 40)}…" (${text.length} characters)`;
}
