/** Where the real thing can't be made to do what a test needs: a stream and a listener under control. */
import type { AcceptedSocket } from "../../models/parts/accept.ts";
import type { ByteStream } from "../../models/parts/sockets/byte_stream.ts";
import { Connection } from "../../models/parts/connection.ts";
import { simpleString } from "../../models/parts/protocol/protocol.ts";
import { bytes, text, within } from "./helpers.ts";

/** A stream whose other end is the test: it decides what comes, and how much a write takes. */
export class MemoryStream implements ByteStream {
  /** What was written, as text. */
  written = "";
  writeSideClosed = false;
  closed = false;
  noDelay = false;
  /** What one `write()` takes at most. */
  writeLimit = Infinity;
  /** While it is set, a `write()` waits for it. */
  hold: Promise<void> | undefined;
  #coming: (Uint8Array | null)[] = [];
  #reader: PromiseWithResolvers<void> | undefined;
  readonly #broken = Promise.withResolvers<never>();

  constructor() {
    this.#broken.promise.catch(() => {});
  }

  /** The client sends this; null: its end. */
  give(content: string | null): void {
    this.#coming.push(content === null ? null : bytes(content));
    this.#reader?.resolve();
  }

  /** The client resets the connection. */
  reset(): void {
    this.#broken.reject(new Deno.errors.ConnectionReset("reset by the test"));
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    while (this.#coming.length === 0) {
      this.#reader = Promise.withResolvers();
      await Promise.race([this.#reader.promise, this.#broken.promise]);
    }
    const next = this.#coming.shift() ?? null;
    if (next === null) return null;
    buffer.set(next.subarray(0, buffer.length));
    if (next.length > buffer.length) this.#coming.unshift(next.subarray(buffer.length));
    return Math.min(next.length, buffer.length);
  }

  async write(content: Uint8Array): Promise<number> {
    await Promise.race([this.hold, this.#broken.promise]);
    const count = Math.min(content.length, this.writeLimit);
    this.written += text(content.subarray(0, count));
    return count;
  }

  setNoDelay(noDelay: boolean): void {
    this.noDelay = noDelay;
  }

  closeWrite(): Promise<void> {
    this.writeSideClosed = true;
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.#broken.reject(new Deno.errors.BadResource("closed"));
  }
}

/** A listening socket whose events are the test's: errors and floods that can't be had for real. */
export class ScriptedListener {
  readonly addr = { transport: "tcp" as const, hostname: "127.0.0.1", port: 1 };
  readonly #script: (MemoryStream | Error)[] = [];
  #waiting: PromiseWithResolvers<void> | undefined;

  give(next: MemoryStream | Error): void {
    this.#script.push(next);
    this.#waiting?.resolve();
  }

  async accept(): Promise<AcceptedSocket> {
    while (this.#script.length === 0) {
      this.#waiting = Promise.withResolvers();
      await this.#waiting.promise;
    }
    const next = this.#script.shift()!;
    if (next instanceof Error) throw next;
    return Object.assign(next, { remoteAddr: this.addr });
  }

  close(): void {
    this.give(new Deno.errors.BadResource("closed"));
  }
}

/** Waits until an idle connection with this time-out was closed: so long, at least, has passed. */
export async function idleTimeoutPasses(idleTimeoutMs: number): Promise<void> {
  const closed = Promise.withResolvers<void>();
  const stream = new MemoryStream();
  new Connection(stream, { id: 0, idleTimeoutMs, onClosed: closed.resolve });
  await within(closed.promise, "the time-out of an idle connection");
}

/** A connection whose client is the test; without an idle time-out. */
export function newConnection(stream = new MemoryStream()) {
  return { stream, connection: new Connection(stream, { id: 1, idleTimeoutMs: 0 }) };
}

/** What a model does with one connection: each request is answered with its name. */
export async function serve(connection: Connection): Promise<void> {
  while (await connection.read()) {
    for (const { name } of connection.requests()) connection.reply(simpleString(name));
    await connection.write();
  }
  await connection.close();
}
