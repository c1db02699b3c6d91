/** Answers OK to whatever comes, and does nothing. */
import { type Options, serveEach } from "./kit.ts";

const OK = new TextEncoder().encode("+OK\r\n");

export const serve = (options: Options) =>
  serveEach(options, async (conn) => {
    for await (const _bytes of conn.readable) await conn.write(OK);
  });
