/** Closes every connection as soon as it is there. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) => serveEach(options, (conn) => conn.close());
