/** A client of a run: a real connection, which tells what it does and meets, by its own clock. */
import { ReplyParser } from "../../tools/resp_reply.ts";
import { replyText } from "../../tools/reply_text.ts";
import type { ClientAction, ClientEvent } from "../lanes/events.ts";
import type { RunClock } from "./clock.ts";

/** What a client needs to know. */
export interface ClientOptions {
  /** Counted from 1. */
  readonly number: number;
  readonly address: { readonly hostname: string; readonly port: number };
  readonly clock: RunClock;
  readonly emit: (event: ClientEvent) => void;
  /** True for a client that never reads: what the server sends stays in the kernel. */
  readonly deaf?: boolean;
}

/** So much of what was sent or received is told. */
const SHOWN_CHARACTERS = 60;
/** A slow client rests so long between two bytes. */
const BETWEEN_BYTES_MS = 60;
const encoder = new TextEncoder();

/** One client. */
export class LabClient {
  #conn?: Deno.TcpConn;
  #sending: Promise<void> = Promise.resolve();
  #reading: Promise<void> = Promise.resolve();
  #closed = false;

  /** It does nothing yet. */
  constructor(readonly options: ClientOptions) {}

  /** Connects. A server that does not answer makes it wait; what goes wrong is told as `lost`. */
  async connect(): Promise<void> {
    const { address, deaf = false } = this.options;
    this.#tell("connect");
    try {
      const conn = await Deno.connect({ hostname: address.hostname, port: address.port });
      if (this.#closed) return conn.close();
      conn.setNoDelay();
      this.#conn = conn;
      this.#tell("connected", undefined, (conn.localAddr as Deno.NetAddr).port);
      if (!deaf) this.#reading = this.#read(conn);
    } catch (error) {
      this.#lose(error);
    }
  }

  /** Sends a line, such as `SLEEP 150`, as one request; several, with `\r\n` between them, at once. */
  send(line: string): Promise<void> {
    for (const request of line.split("\r\n")) this.#tell("send", request);
    return this.#write(encoder.encode(`${line}\r\n`));
  }

  /** Sends a part of a request, without its end. */
  sendPart(text: string): Promise<void> {
    return this.#write(encoder.encode(text));
  }

  /** Sends a line as one request, a byte at a time. */
  async sendSlowly(line: string): Promise<void> {
    this.#tell("send", line);
    for (const byte of encoder.encode(`${line}\r\n`)) {
      if (this.#closed) return;
      await this.#write(Uint8Array.of(byte));
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_BYTES_MS));
    }
  }

  /** Asks for long replies, so many that the kernel cannot keep them all; ends when it closes. */
  flood(times: number, bytes: number): void {
    // As an array: a line may not be that long.
    const request = encoder.encode(`*2\r\n$4\r\nECHO\r\n$${bytes}\r\n${"x".repeat(bytes)}\r\n`);
    this.#tell("send", `ECHO of ${bytes} bytes, ${times} times`);
    for (let i = 0; i < times; i++) this.#write(request);
  }

  /** Says that it sends no more. */
  async halfClose(): Promise<void> {
    await this.#sending;
    this.#tell("half-close");
    await this.#conn?.closeWrite().catch(() => {});
  }

  /** Ends the connection, and waits until nothing of it goes on. Safe to call twice. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#tell("close");
      this.#conn?.close();
    }
    await Promise.all([this.#sending, this.#reading]);
  }

  #write(bytes: Uint8Array): Promise<void> {
    const writeAll = async () => {
      for (let sent = 0; sent < bytes.length && this.#conn !== undefined;) {
        sent += await this.#conn.write(bytes.subarray(sent));
      }
    };
    return this.#sending = this.#sending.then(writeAll).catch((error) => this.#lose(error));
  }

  async #read(conn: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    const parser = new ReplyParser();
    try {
      for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
        parser.push(buffer.subarray(0, n));
        for (let reply = parser.next(); reply !== undefined; reply = parser.next()) {
          this.#tell("reply", replyText(reply));
        }
      }
      this.#tell("lost", "the server closed the connection");
    } catch (error) {
      this.#lose(error);
    }
  }

  #lose(error: unknown): void {
    if (!this.#closed) this.#tell("lost", error instanceof Error ? error.message : String(error));
  }

  #tell(event: ClientAction, text?: string, port?: number): void {
    const { clock, emit, number } = this.options;
    const detail = text === undefined ? undefined : shortened(text);
    emit({ source: "client", us: clock.us(), client: number, event, port, detail });
  }
}

function shortened(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`;
}
