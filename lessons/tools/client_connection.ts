/** One connection of the client: a command out, its reply in. */
import { concat } from "../../models/parts/byte_stream.ts";
import { ReplyParser, type RespReply } from "./resp_reply.ts";

const encoder = new TextEncoder();

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

  /** Sends one command. A connection that is lost meanwhile shows in `receive()`. */
  async send(words: readonly Uint8Array[]): Promise<void> {
    const bytes = encodeCommand(words);
    try {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.#conn.write(bytes.subarray(sent));
      }
    } catch {
      // The server may have said why before it closed, so what it sent is still to be read.
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
      const count = await this.#conn.read(this.#chunk).catch(() => null);
      if (count === null) return undefined;
      this.#parser.push(this.#chunk.subarray(0, count));
    }
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

/** A command as an array of bulk strings: any byte may occur in a word. */
function encodeCommand(words: readonly Uint8Array[]): Uint8Array {
  const parts = words.flatMap((word) => [encoder.encode(`$${word.length}\r\n`), word, CRLF]);
  return concat([encoder.encode(`*${words.length}\r\n`), ...parts]);
}

const CRLF = encoder.encode("\r\n");
