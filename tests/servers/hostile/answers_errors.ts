/** Answers with an error to whatever comes, and does nothing. */
import { type Options, serveEach } from "./kit.ts";

const ERROR = new TextEncoder().encode("-ERR no\r\n");

export const serve = (options: Options) =>
  serveEach(options, async (conn) => {
    for await (const _bytes of conn.readable) await conn.write(ERROR);
  });
