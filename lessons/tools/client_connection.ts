/** One connection of the client: a command out, its reply in. */
import { ReplyParser, type RespReply } from "./resp_reply.ts";
import { encodeRequest } from "./resp_request.ts";

/** One connection to a server. Its calls are made one after the other. */
export class ClientConnection {
  readonly #conn: Deno.TcpConn;
  readonly #parser = new ReplyParser();
  readonly #chunk = new Uint8Array(64 * 1024);

  /** Connects. Throws what `Deno.connect` throws, such as `ConnectionRefused`. */
  static async open({ hostname, port }: Deno.NetAddr): Promise<ClientConnection> {
    return new ClientConnection(await Deno.connect({ hostname, port }));
  }

  private constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
    conn.setNoDelay();
  }

  /** The client's own address: the server's trace names it at `accept`. */
  get localAddr(): Deno.NetAddr {
    return this.#conn.localAddr;
  }

  /** Sends one command. A connection that is lost meanwhile shows in `receive()`. */
  async send(words: readonly Uint8Array[]): Promise<void> {
    await this.sendBytes(encodeRequest(...words));
  }

  /** Sends bytes as they are. Returns false when the connection is lost. */
  async sendBytes(bytes: Uint8Array): Promise<boolean> {
    try {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.#conn.write(bytes.subarray(sent));
      }
      return true;
    } catch {
      // The server may have said why before it closed, so what it sent is still to be read.
      return false;
    }
  }

  /**
   * Waits for the next reply, as long as it takes.
   *
   * @returns undefined when the server closed the connection, or it was lost.
   * @throws ReplyError when what came is no reply.
   */
  async receive(): Promise<RespReply | undefined> {
    for (;;) {
      const reply = this.#parser.next();
      if (reply !== undefined) return reply;
      const bytes = await this.receiveBytes();
      if (bytes === undefined) return undefined;
      this.#parser.push(bytes);
    }
  }

  /** What comes next, to be used before the next call; undefined at the connection's end. */
  async receiveBytes(): Promise<Uint8Array | undefined> {
    const count = await this.#conn.read(this.#chunk).catch(() => null);
    return count === null ? undefined : this.#chunk.subarray(0, count);
  }

  /** Half-close: says that no more will be sent; replies still come. */
  async closeWrite(): Promise<void> {
    await this.#conn.closeWrite().catch(() => {});
  }

  /** Ends the connection. */
  close(): void {
    this.#conn.close();
  }
}
