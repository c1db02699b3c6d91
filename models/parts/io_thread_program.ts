/**
 * An I/O thread, from the inside: the connections that the main thread gives it stand in the place of
 * a listening socket. The other side is `io_threads.ts`.
 */
import type { Accepted, ConnectionSource } from "./accept.ts";
import type { ByteStream } from "./sockets/byte_stream.ts";
import { openHandedOver } from "./handover.ts";
import type { HandoverMessage } from "./sockets/parcel.ts";
import { Selector } from "./selector.ts";
import type { ServerContext } from "./server_context.ts";
import { threadMain } from "./thread.ts";
import type { Closed, Finish, Gift, Message } from "./thread_messages.ts";

/** The connections that the main thread gives, in the place of a listening socket. */
class Gifts implements ConnectionSource {
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

  take({ id, message }: Gift): void {
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
 *   What else the main thread posts comes as the selector's messages; `tell` posts to the main thread.
 */
export function ioThreadMain<To extends Message = never>(
  meta: ImportMeta,
  loop: (
    selector: Selector<To>,
    context: ServerContext,
    tell: (message: Message) => void,
  ) => Promise<void>,
  { kind, open = openHandedOver }: IoThreadMainOptions = {},
): void {
  threadMain<null, To | Gift | Finish>(meta, async (context, _, onMessage, post) => {
    const gifts = new Gifts((id) => post({ kind: "closed", id } satisfies Closed), open);
    const selector = new Selector<To>();
    selector.watchListener(gifts);
    onMessage((message) => {
      if (isGift(message)) return gifts.take(message);
      if (!isFinish(message)) return selector.post(message);
      gifts.close();
      selector.stop();
    });
    await loop(selector, context, post);
  }, kind);
}

function isGift(message: Message): message is Gift {
  return message.kind === "gift";
}

function isFinish(message: Message): message is Finish {
  return message.kind === "finish";
}
