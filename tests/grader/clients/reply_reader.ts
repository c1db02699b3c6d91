/** The half of a client that reads: bytes become replies, and wait until somebody asks for them. */
import { ReplyParser, type RespReply } from "../../../lessons/tools/resp_reply.ts";
import { ReplyQueue } from "./reply_queue.ts";

/** The longest reply that is owed to anybody is 512 KiB. */
const MOST_REPLY_BYTES = 1024 * 1024;

/** What a reader tells, and whom. */
export interface ReaderOptions {
  /** Called with each reply, as text. */
  readonly onReply: (reply: string) => void;
  /** Called once, when no more can come. Makes the error of who still waits. */
  readonly onLost: (why: string) => Error;
}

/** Reads all that comes on one connection, at once. */
export class ReplyReader {
  readonly #parser = new ReplyParser(MOST_REPLY_BYTES);
  readonly #replies = new ReplyQueue();
  readonly #options: ReaderOptions;
  /** Settles when nothing is read any more. */
  readonly ended: Promise<void>;

  /** @param reads false: what comes stays in the kernel. */
  constructor(conn: Deno.Conn, readonly reads: boolean, options: ReaderOptions) {
    this.#options = options;
    this.ended = reads ? this.#read(conn) : Promise.resolve();
  }

  /** Waits for the next reply. Rejects with what `onLost` made, when the connection ends first. */
  next(): Promise<string> {
    return this.#replies.next();
  }

  /** Replies that came whole. */
  came = 0;

  /** Replies that came and that nobody waits for. */
  get unasked(): number {
    return this.#replies.unasked;
  }

  /** Whether no more can come. */
  get lost(): boolean {
    return this.#replies.lost;
  }

  /** True when bytes of a reply have come whose end has not. */
  get midReply(): boolean {
    return this.#parser.midReply;
  }

  async #read(conn: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
        this.#parser.push(buffer.subarray(0, n));
        for (let reply = this.#parser.next(); reply; reply = this.#parser.next()) {
          const text = textOf(reply);
          this.came++;
          this.#options.onReply(text);
          this.#replies.arrive(text);
        }
      }
      this.#lose("the server closed the connection");
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionReset) {
        this.#lose("the server reset the connection");
      } else this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  #lose(why: string): void {
    this.#replies.lose(this.#options.onLost(why));
  }
}

/** `+OK`, `-ERR …`, `:42`, the text of a bulk string, `nil`, and of an array `[one, :2, [three]]`. */
function textOf(reply: RespReply): string {
  if (reply.kind === "status") return `+${reply.text}`;
  if (reply.kind === "error") return `-${reply.text}`;
  if (reply.kind === "integer") return `:${reply.value}`;
  if (reply.kind === "bulk") return new TextDecoder().decode(reply.bytes);
  return reply.kind === "nil" ? "nil" : `[${reply.items.map(textOf).join(", ")}]`;
}
