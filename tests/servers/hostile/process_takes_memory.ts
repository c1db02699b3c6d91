/** A submission of lesson 6: a process of it takes memory until somebody stops it. */
import type { Options } from "./kit.ts";
import { isAgain, serveAndStart } from "./kit_processes.ts";

export const serve = (options: Options) => serveAndStart(options, import.meta);
if (isAgain(import.meta)) {
  const taken: Uint8Array[] = [];
  setInterval(() => taken.push(new Uint8Array(50_000_000).fill(1)), 1);
}
