/** Ends the process with success in the middle of a claim. */
import { firstBytes, type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) =>
  serveEach(options, async (conn) => {
    await firstBytes(conn);
    Deno.exit(0);
  });
