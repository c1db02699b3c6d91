/** Listens, and spins from the first client on. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) =>
  serveEach(options, () => {
    for (;;);
  });
