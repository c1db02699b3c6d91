/**
 * The thread of a child process that waits for its end: the end of standard input, a pipe that nobody
 * writes to. The main process closes it to stop the child, and the kernel does when the main process
 * is gone, however it went.
 */
import { stopWatchMain } from "../threads/stop_watch.ts";

stopWatchMain(async (stop) => {
  const { promise: terminated, resolve: terminate } = Promise.withResolvers<null>();
  // A terminal's Ctrl-C comes to every process; the main process has it too, and passes it on.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.addSignalListener("SIGTERM", () => terminate(null));
  const buffer = new Uint8Array(64);
  while (await Promise.race([Deno.stdin.read(buffer), terminated]) !== null);
  stop();
});
