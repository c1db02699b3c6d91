/** Listens, but on whatever port is free. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) => serveEach({ ...options, port: 0 }, () => {});
