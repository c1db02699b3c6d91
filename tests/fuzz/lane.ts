/**
 * One client that plays case after case to a server, on one connection as long as it lives. What a
 * server said too much in one case, or to the wrong client, is in the way of the next.
 */
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import { connect, receiveAll, send, within } from "../of_parts/helpers.ts";
import type { Expected } from "./reference.ts";
import { assertSame, shown, withoutText } from "./properties.ts";
import { readBack } from "./replies.ts";
import type { Sent } from "./requests.ts";
import { piecesOf } from "./streams.ts";

/** A client of one server. */
export class Lane {
  #conn: Deno.TcpConn | undefined;

  /**
   * @param port where the server listens, on 127.0.0.1.
   * @param hungMs when a reply is no longer waited for.
   */
  constructor(readonly port: number, readonly hungMs?: number) {}

  /**
   * Plays one case: sends the pieces, each in a packet of its own where the kernel allows it, and reads
   * what comes. Throws when that is not what was expected; then the next case has a new connection.
   */
  async play(sent: Sent, expected: Expected): Promise<void> {
    try {
      await this.#play(sent, expected);
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  async #play(sent: Sent, { replies, meanings, end }: Expected): Promise<void> {
    const conn = this.#conn ??= await this.#connect();
    const sending = this.#send(conn, sent, end === "half");
    const pieces = await receive(conn, replies.length, this.hungMs);
    compare(concatenated(pieces), replies);
    assertSame(readBack(pieces).map(withoutText).map(shown), meanings.map(shown));
    const failed = await within(sending, "the sending of a case");
    if (end === "open") {
      if (failed !== undefined) throw failed;
      return;
    }
    compare(await receiveAll(conn), new Uint8Array(0));
    this.drop();
  }

  async #connect(): Promise<Deno.TcpConn> {
    const conn = await connect({ transport: "tcp", hostname: "127.0.0.1", port: this.port });
    conn.setNoDelay(true);
    return conn;
  }

  /** @returns why it failed: a server that closes in the middle of it may make it do so. */
  async #send(conn: Deno.TcpConn, sent: Sent, halfClose: boolean): Promise<unknown> {
    try {
      for (const piece of piecesOf(sent)) {
        await send(conn, piece);
        // Otherwise all pieces lie in the server's socket before it looks.
        if (sent.cuts.length > 2) await new Promise((resolve) => setTimeout(resolve));
      }
      if (halfClose) await conn.closeWrite();
    } catch (error) {
      return error;
    }
  }

  /** Half-closes, and looks that nothing more comes than the end. */
  async end(): Promise<void> {
    const conn = this.#conn;
    if (conn === undefined) return;
    await conn.closeWrite();
    compare(await receiveAll(conn), new Uint8Array(0));
    this.drop();
  }

  /** Closes the connection at once, if there is one. */
  drop(): void {
    this.#conn?.close();
    this.#conn = undefined;
  }
}

async function receive(conn: Deno.Conn, length: number, hungMs?: number): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let left = length; left > 0;) {
    const buffer = new Uint8Array(Math.min(left, 64 * 1024));
    const count = await within(conn.read(buffer), `${left} of ${length} bytes of replies`, hungMs);
    if (count === null) break;
    pieces.push(buffer.subarray(0, count));
    left -= count;
  }
  return pieces;
}

function compare(got: Uint8Array, wanted: Uint8Array): void {
  const at = got.findIndex((byte, i) => byte !== wanted[i]);
  if (at === -1 && got.length === wanted.length) return;
  const from = at === -1 ? Math.min(got.length, wanted.length) : at;
  const quoted = (bytes: Uint8Array) =>
    JSON.stringify(new TextDecoder().decode(bytes.subarray(from, from + 60)));
  throw new Error(
    `${got.length} bytes came, ${wanted.length} were due; from byte ${from} on ` +
      `${quoted(got)}, not ${quoted(wanted)}`,
  );
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0] : concat(pieces);
}
