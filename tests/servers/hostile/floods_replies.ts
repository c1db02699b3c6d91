/** Answers without end, whatever it was asked. */
import { flood, type Options, serveEach } from "./kit.ts";

const REPLIES = new TextEncoder().encode("+PONG\r\n".repeat(10_000));

export const serve = (options: Options) => serveEach(options, (conn) => flood(conn, REPLIES));
