/**
 * Whether a client cannot connect because the server's accept queue is full. Linux then drops the
 * client's SYN, which is sent again after 1, 3 and 7 seconds: the connect is neither refused nor done.
 */
import { untilQuiet } from "../server/at_rest.ts";
import type { RunningServer } from "../server/running_server.ts";
import { acceptQueue } from "../server/sockets.ts";

/** Then the SYN has been sent a second time, and has found no room either. */
const SECOND_SYN_MS = 1500;

/**
 * Settles with undefined when the queue is full and the server, which is quiet, takes nobody from it.
 *
 * @param connecting settles when the client is connected, or not going to be.
 */
export async function whileQueueFull(
  server: RunningServer,
  connecting: Promise<unknown>,
): Promise<undefined> {
  let settled = false;
  const settles = connecting.then(() => settled = true, () => settled = true);
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = new Promise((resolve) => timer = setTimeout(resolve, SECOND_SYN_MS));
    await Promise.race([settles, wait]);
    clearTimeout(timer);
    // Whoever waits for both is told by the other.
    if (settled) return await connecting.then(() => undefined, () => undefined);
    const queued = acceptQueue(server.port) ?? 0;
    if (await untilQuiet(server, () => settled) === "quiet" && !settled && queued > 0) {
      if (acceptQueue(server.port) === queued) return undefined;
    }
  }
}
