/** Begins a reply of one line, and never ends the line. */
import { flood, type Options, serveEach } from "./kit.ts";

const BYTES = new TextEncoder().encode("+".repeat(64 * 1024));

export const serve = (options: Options) => serveEach(options, (conn) => flood(conn, BYTES));
