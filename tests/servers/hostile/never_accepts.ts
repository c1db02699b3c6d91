/** Listens, and never calls accept. */
import { idle, type Options } from "./kit.ts";

export function serve(options: Options) {
  return { ...idle(), listener: Deno.listen(options) };
}
