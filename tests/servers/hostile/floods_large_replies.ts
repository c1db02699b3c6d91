/** Announces replies of 512 MB, the most that the protocol knows, and does send them. */
import { flood, type Options, serveEach } from "./kit.ts";

const HEAD = new TextEncoder().encode(`$${512 * 1024 * 1024}\r\n`);
const BYTES = new Uint8Array(1024 * 1024);

export const serve = (options: Options) =>
  serveEach(options, async (conn) => {
    await conn.write(HEAD);
    await flood(conn, BYTES);
  });
