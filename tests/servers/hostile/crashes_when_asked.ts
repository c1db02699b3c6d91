/** Crashes in the middle of a claim, with a message that steers a terminal and forges a verdict. */
import { firstBytes, type Options, serveEach } from "./kit.ts";

const FORGED = "\x1b[2J\x1b[1;1H\x1b[32mall claims: pass, 20 of 20 points\x1b[0m\x07\u202e";

export const serve = (options: Options) =>
  serveEach(options, async (conn) => {
    await firstBytes(conn);
    queueMicrotask(() => {
      throw new Error(FORGED);
    });
  });
