/** A server that answers PING, and stops reading when a test says so. */

const PONG = new TextEncoder().encode("+PONG\r\n");
const PING_BYTES = "PING\r\n".length;

/** It listens on a free port of loopback. */
export class PausedServer implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.Conn>();
  readonly #accepting = this.#accept();
  /** What every connection waits for before it reads on. */
  #gate = Promise.resolve();
  #wake = () => {};
  /** Connections that it has taken. */
  accepted = 0;
  /** Requests that it has read. */
  requests = 0;

  /** @param replies false: nobody ever gets one. */
  constructor(readonly replies = true, readonly reply = PONG) {}

  get address(): { hostname: string; port: number } {
    return { hostname: "127.0.0.1", port: this.#listener.addr.port };
  }

  /** Waits until so many requests have come. */
  async until(requests: number): Promise<void> {
    while (this.requests < requests) await new Promise<void>((resolve) => this.#wake = resolve);
  }

  /** Waits until it has taken so many connections. */
  async untilAccepted(connections: number): Promise<void> {
    while (this.accepted < connections) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  /** From now on nothing is read, until the function that it returns is called. */
  pause(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  async #accept(): Promise<void> {
    for await (const connection of this.#listener) {
      this.accepted++;
      this.#wake();
      this.#connections.add(connection);
      this.#serve(connection);
    }
  }

  async #serve(connection: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(PING_BYTES);
    try {
      for (;;) {
        await this.#gate;
        for (let got = 0; got < PING_BYTES;) {
          const count = await connection.read(buffer.subarray(got));
          if (count === null) return;
          got += count;
        }
        // What was read before the pause has its reply when it is over.
        this.requests++;
        this.#wake();
        await this.#gate;
        if (this.replies) await connection.write(this.reply);
      }
    } catch {
      // That client is gone.
    } finally {
      if (this.#connections.delete(connection)) connection.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) connection.close();
    this.#connections.clear();
    await this.#accepting;
  }
}
