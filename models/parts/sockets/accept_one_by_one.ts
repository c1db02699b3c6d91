/**
 * Accepting one connection at a time, as a server in C does: wait until the listening socket has one,
 * take that one, and leave those behind it in the accept queue to whoever is free.
 *
 * Deno's `net` takes all that wait in one go. Where several processes share the socket, the first to
 * wake up would have them all, and one long request hold them up beside idle processes.
 *
 * Who took one pauses before the next: its request comes meanwhile, and if that is a long one, the
 * next client is another process's. A pause after which a client waits helped nobody, since nobody
 * else was there to take that client; so the next is half as long. When it is as good as none, the
 * last client's first bytes are still waited for, a moment at most.
 */
import type { ListeningSocket } from "../accept.ts";
import type { AcceptedSocket } from "./accepted_socket.ts";
import { type CListener, openCListener } from "./c_accept.ts";
import { netAddress, type NodeServer, notListening } from "./node_listener.ts";
import { pause } from "../timers.ts";
import { NodeSocketStream } from "./node_socket_stream.ts";

/** The whole pause: 2 ms for each connection that the process has, 10 ms at most. */
const PAUSE_MS_EACH = 2, MOST_PAUSE_MS = 10;
/** Below this there is no pause, but the last client is heard out; for so long. */
const LEAST_PAUSE_MS = 1;
/** After `accept` failed; twice as long each time that a client waits on: no descriptor is left. */
const FAILED_MS = 1, MOST_FAILED_MS = 50;

/**
 * Accepts in place of a server of `net`, which is closed.
 *
 * @param connections how many the process has.
 * @returns undefined, and the server as it was, where the C library cannot be called.
 */
export function acceptOneByOne(
  server: NodeServer,
  connections: () => number,
): ListeningSocket<NodeSocketStream> | undefined {
  const fd = server._handle?.fdForIpc?.() ?? -1;
  const listener = fd < 0 ? undefined : openCListener(fd);
  if (listener === undefined) return undefined;
  const addr = netAddress(server);
  server.close();
  return new OneByOne(listener, addr, connections, NodeSocketStream.open);
}

/** A listening socket from which this process takes one connection at a time. */
export class OneByOne<T extends AcceptedSocket> implements ListeningSocket<T> {
  /** The address that it listens on. */
  readonly addr: Deno.NetAddr;
  readonly #listener: CListener;
  readonly #connections: () => number;
  /** How much of the whole pause is made. */
  #share = 1;
  /** Settles when the last client has said something. */
  #heard = Promise.resolve();
  #closed = false;
  #stopWaiting: ((error: Error) => void) | undefined;

  /**
   * Makes one of a socket that listens.
   *
   * @param connections how many the process has.
   * @param open makes of an accepted descriptor what `accept()` gives; it tells when bytes come.
   */
  constructor(
    listener: CListener,
    addr: Deno.NetAddr,
    connections: () => number,
    readonly open: (fd: number, onHeard: () => void) => T,
  ) {
    this.addr = addr;
    this.#listener = listener;
    this.#connections = connections;
  }

  /** Waits for the next connection. Throws `BadResource` once closed. */
  async accept(): Promise<T> {
    const wholeMs = Math.min(PAUSE_MS_EACH * this.#connections(), MOST_PAUSE_MS);
    const pauseMs = wholeMs * this.#share;
    if (pauseMs < LEAST_PAUSE_MS) await Promise.race([this.#heard, pause(LEAST_PAUSE_MS)]);
    else if (await this.#waitsAfter(pauseMs)) this.#share /= 2;
    for (let failedMs = FAILED_MS;;) {
      await this.#untilReady();
      const accepted = this.#listener.accept();
      if (accepted >= 0) return this.#open(accepted);
      // Another process was first; or there is no descriptor left, and the client waits on.
      const waits = await this.#waitsAfter(failedMs);
      failedMs = waits ? Math.min(2 * failedMs, MOST_FAILED_MS) : FAILED_MS;
    }
  }

  /** Accepts no more. The descriptor, and the thread that polls it, go with the process. */
  close(): void {
    this.#closed = true;
    this.#stopWaiting?.(notListening());
  }

  #open(fd: number): T {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#heard = promise;
    return this.open(fd, resolve);
  }

  /** Pauses. Returns whether a client waits then. */
  async #waitsAfter(ms: number): Promise<boolean> {
    await pause(ms);
    return this.#listener.isReady();
  }

  async #untilReady(): Promise<void> {
    if (this.#closed) throw notListening();
    if (this.#listener.isReady()) return;
    const startMs = performance.now();
    await new Promise((resolve, reject) => {
      this.#stopWaiting = reject;
      this.#listener.untilReady().then(resolve, reject);
    });
    // So quiet that the whole pause costs nobody anything.
    if (performance.now() - startMs > MOST_PAUSE_MS) this.#share = 1;
  }
}
