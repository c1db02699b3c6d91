/** Takes 2 GB outside of the JavaScript heap, and touches every page of it. */
import { type Options, serveEach } from "./kit.ts";

const kept: Uint8Array[] = [];

export const serve = (options: Options) =>
  serveEach(options, () => {
    for (let i = 0; i < 8; i++) kept.push(new Uint8Array(256 * 1024 * 1024).fill(1));
  });
