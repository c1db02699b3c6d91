/** Forgets to return its handle. */
import { type Options, serveEach } from "./kit.ts";

export function serve(options: Options): void {
  serveEach(options, () => {});
}
