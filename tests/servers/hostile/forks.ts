/** A submission of lesson 6: each of its processes starts two more. */
import type { Options } from "./kit.ts";
import { isAgain, serveAndStart, startAgain } from "./kit_processes.ts";

export const serve = (options: Options) => serveAndStart(options, import.meta);
if (isAgain(import.meta)) {
  for (let i = 0; i < 2; i++) startAgain(import.meta);
  setInterval(() => {}, 1000);
}
