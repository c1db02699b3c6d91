/** Accepts every client, and never says anything. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) => serveEach(options, () => {});
