/** One connection served by an `async` function, for servers on Deno that have nothing of the models. */
import type { Buffer } from "node:buffer";
import { answerAll } from "./business.mjs";
import { Requests } from "./resp.mjs";

/** What `serve()` is told. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
}

/** Reads, works and writes until the client ends, or asks for the end. Closes the connection. */
export async function serveConnection(
  connection: Deno.TcpConn,
  run: (words: Buffer[]) => Buffer,
): Promise<void> {
  const requests = new Requests();
  const chunk = new Uint8Array(65536);
  try {
    connection.setNoDelay();
    for (let ended = false; !ended;) {
      const count = await connection.read(chunk);
      if (count === null) return;
      requests.push(chunk.subarray(0, count));
      const { replies, ends } = answerAll(requests, run);
      ended = ends;
      for (let sent = 0; sent < replies.length;) {
        sent += await connection.write(replies.subarray(sent));
      }
    }
  } catch {
    // That client is gone.
  } finally {
    connection.close();
  }
}
