/** Begins an array, and never ends it: each of its many items is an array itself. */
import { flood, type Options, serveEach } from "./kit.ts";

const ITEMS = new TextEncoder().encode("*2\r\n:1\r\n:2\r\n".repeat(5000));

export const serve = (options: Options) =>
  serveEach(options, async (conn) => {
    await conn.write(new TextEncoder().encode("*1048576\r\n"));
    await flood(conn, ITEMS);
  });
