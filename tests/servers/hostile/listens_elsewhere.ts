/** Listens on a port that is not its own. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) =>
  serveEach({ ...options, port: options.port + 1 }, () => {});
