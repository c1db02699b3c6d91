/**
 * An I/O thread, from the inside: the connections that the main thread gives it stand in the place of
 * a listening socket. The other side is `io_threads.ts`.
 */
import type { Accepted, ConnectionSource } from "./accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import { type HandoverMessage, openHandedOver } from "./handover.ts";
import { SHUTDOWN_GRACE_MS } from "./options.ts";
import { Selector } from "./selector.ts";
import type { ServerContext } from "./server_context.ts";
import { threadMain } from "./thread.ts";
import { FINISH } from "./thread_group.ts";

/** A connection on its way to a thread. */
export interface Gift {
  /** The connection's number. */
  readonly gift: number;
  /** What is opened in the thread. */
  readonly message: HandoverMessage;
}

/** The connections that the main thread gives, in the place of a listening socket. */
class Gifts implements ConnectionSource<ByteStream> {
  readonly #arrived: Accepted<ByteStream>[] = [];
  #waiting: ((accepted: Accepted<ByteStream> | undefined) => void) | undefined;
  #closed = false;

  /**
   * @param onClosed is called with a connection's number when it is closed.
   * @param open opens what was handed over.
   */
  constructor(
    readonly onClosed: (id: number) => void,
    readonly open: (message: HandoverMessage) => ByteStream | undefined,
  ) {}

  accept(): Promise<Accepted<ByteStream> | undefined> {
    const next = this.#arrived.shift();
    if (next !== undefined || this.#closed) return Promise.resolve(next);
    return new Promise((resolve) => this.#waiting = resolve);
  }

  take({ gift: id, message }: Gift): void {
    const socket = this.open(message);
    if (socket === undefined) return;
    this.#arrived.push({ id, socket, onClosed: () => this.onClosed(id) });
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(this.#arrived.shift());
  }
}

/** What an I/O thread's program may want otherwise. */
export interface IoThreadMainOptions {
  /** As in `threadMain`. */
  readonly kind?: string;
  /** Opens what was handed over. Default: `openHandedOver`. */
  readonly open?: (message: HandoverMessage) => ByteStream | undefined;
}

/**
 * Makes a module the program of the I/O threads.
 *
 * @param meta the module's `import.meta`.
 * @param loop the event loop; it ends when the selector is stopped and the last connection closed.
 *   What the main thread posts comes as the selector's messages; `tell` posts to the main thread.
 */
export function ioThreadMain<M = never>(
  meta: ImportMeta,
  loop: (
    selector: Selector<ByteStream, M>,
    context: ServerContext,
    tell: (message: object) => void,
  ) => Promise<void>,
  { kind, open = openHandedOver }: IoThreadMainOptions = {},
): void {
  threadMain<null>(meta, async (context, _init, onMessage, post) => {
    const gifts = new Gifts(post, open);
    const selector = new Selector<ByteStream, M>();
    selector.watchListener(gifts);
    onMessage((message) => {
      if (isGift(message)) return gifts.take(message);
      if (message !== FINISH) return selector.post(message as M);
      gifts.close();
      selector.stop(SHUTDOWN_GRACE_MS);
    });
    await loop(selector, context, post);
  }, kind);
}

function isGift(message: unknown): message is Gift {
  return typeof message === "object" && message !== null && "gift" in message;
}
