/** Sends every byte back, as a server of another protocol does. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) =>
  serveEach(options, (conn) => conn.readable.pipeTo(conn.writable));
