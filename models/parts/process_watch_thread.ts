/**
 * The thread of a child process that waits for its end: the main thread could not, asleep in `SLEEP`
 * or busy in `FIB`. It sets the stop cell in shared memory, which wakes or stops the main thread;
 * then a message tells it to finish.
 *
 * The end is the end of standard input, a pipe that nobody writes to: the main process closes it to
 * stop the child, and the kernel does when the main process is gone, however it went.
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { SharedState } from "./shared_state.ts";

async function watch(state: SharedState): Promise<void> {
  const { promise: terminated, resolve: terminate } = Promise.withResolvers<null>();
  // A terminal's Ctrl-C comes to every process; the main process has it too, and passes it on.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.addSignalListener("SIGTERM", () => terminate(null));
  const buffer = new Uint8Array(64);
  while (await Promise.race([Deno.stdin.read(buffer), terminated]) !== null);
  state.stop();
  self.postMessage("finish");
}

self.onmessage = ({ data }: MessageEvent<SharedArrayBuffer>) => {
  watch(new SharedState(data));
  self.postMessage("watching");
};
