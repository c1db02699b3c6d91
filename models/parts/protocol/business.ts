/**
 * The business: what a server does with a request between reading it and writing the reply. The
 * same commands in every model, so that the model is all that differs. `SLEEP` and `FIB` block the
 * thread they run on, on purpose: that is what the models are about.
 */
import {
  bulkReply,
  bulkText,
  errorReply,
  integerReply,
  type Reply,
  type Request,
  simpleString,
} from "./protocol.ts";
import type { SharedState } from "../server/shared_state.ts";
import type { Trace } from "../server/trace.ts";
import { nameText, requestText, wholeNumber, wordText } from "./word_text.ts";

/**
 * The commands that take microseconds, whatever is asked: in model 4 they may share a trip to a worker.
 * Not QUIT: what stands behind it is not done.
 */
export const QUICK: ReadonlySet<string> = new Set(["PING", "ECHO", "WHO", "INFO"]);

const MAX_SLEEP_MS = 60_000;
const MAX_FIB = 45;
/** Below this, FIB doesn't look at the stop cell: 1,973 calls, some microseconds. */
const FIB_UNCHECKED = 15;

const OK = simpleString("OK"), PONG = simpleString("PONG");
const OUT_OF_RANGE = errorReply("ERR value is not an integer or out of range");
const STOPPED = errorReply("ERR server is shutting down");
const INTERNAL = errorReply("ERR internal error");
/**
 * What only a browser says. A page from elsewhere can make it send a POST to this machine, with lines
 * of the page's choice, which would be requests: so such a connection is closed, as Redis closes it.
 */
const OF_HTTP = new Set(["POST", "HOST:"]);
const CLOSE: Reply = { bytes: new Uint8Array(0), last: true };

/** Whose business it is: the thread's name for WHO, the model and its sizes for INFO. */
export interface BusinessOwner {
  /** The name of the thread that does the business. */
  readonly thread: string;
  /** The model's name. */
  readonly model: string;
  /** The model's sizes, such as `{ workers: 4 }`. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** A row of the table of commands. */
export interface Command {
  /** How many words a request may have, the name included. */
  readonly words: readonly [least: number, most: number];
  /** Does it, and returns the reply. */
  readonly run: (words: readonly Uint8Array[]) => Reply;
}

/** The business of one thread. */
export class Business {
  /** The commands, by their names; the lessons' table of them is held to this one. */
  readonly commands: ReadonlyMap<string, Command>;

  /**
   * Makes the business of one thread.
   *
   * @param owner what WHO and INFO tell.
   * @param shared the server's counters, and the cell that ends SLEEP and FIB.
   */
  constructor(
    readonly owner: BusinessOwner,
    readonly shared: SharedState,
    readonly trace?: Trace,
  ) {
    this.commands = new Map<string, Command>([
      ["PING", { words: [1, 2], run: (words) => words.length === 1 ? PONG : bulkReply(words[1]) }],
      ["ECHO", { words: [2, 2], run: (words) => bulkReply(words[1]) }],
      ["SLEEP", { words: [2, 2], run: (words) => this.#sleep(words[1]) }],
      ["FIB", { words: [2, 2], run: (words) => this.#fib(words[1]) }],
      ["WHO", { words: [1, 1], run: () => bulkText(owner.thread) }],
      ["INFO", { words: [1, 2], run: () => bulkText(this.#info()) }],
      ["QUIT", { words: [1, 1], run: () => ({ ...OK, last: true }) }],
    ]);
  }

  /**
   * Does what one request asks for, and returns when it is done: the calling thread does nothing
   * else meanwhile.
   *
   * @param connection the connection's number, for the trace.
   * @returns the reply; an error reply when the request is wrong. Nothing is thrown.
   */
  run(request: Request, connection: number): Reply {
    this.trace?.("start", connection, requestText(request));
    const reply = this.#reply(request);
    this.trace?.("finish", connection, nameText(request));
    return reply;
  }

  #reply({ name, words }: Request): Reply {
    this.shared.commandRun();
    const command = this.commands.get(name);
    if (command === undefined) {
      if (OF_HTTP.has(name)) return CLOSE;
      return errorReply(`ERR unknown command '${wordText(words[0], 128)}'`);
    }
    const [least, most] = command.words;
    if (words.length < least || words.length > most) {
      return errorReply(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
    }
    try {
      return command.run(words);
    } catch (error) {
      // One request that fails must not end the thread that serves others.
      console.error(`${name} failed: ${error instanceof Error ? error.message : error}`);
      return INTERNAL;
    }
  }

  #sleep(word: Uint8Array): Reply {
    const ms = wholeNumber(word, MAX_SLEEP_MS);
    if (ms === undefined) return OUT_OF_RANGE;
    this.shared.sleep(ms);
    return OK;
  }

  #fib(word: Uint8Array): Reply {
    const n = wholeNumber(word, MAX_FIB);
    if (n === undefined) return OUT_OF_RANGE;
    const value = this.#fibUnlessStopped(n);
    return Number.isNaN(value) ? STOPPED : integerReply(value);
  }

  /** The slow way, on purpose; NaN once the server stops, or FIB 45 would hold up the shutdown. */
  #fibUnlessStopped(n: number): number {
    if (n <= FIB_UNCHECKED) return fib(n);
    if (this.shared.stopping) return NaN;
    return this.#fibUnlessStopped(n - 1) + this.#fibUnlessStopped(n - 2);
  }

  #info(): string {
    const { model, sizes } = this.owner;
    const lines = { model, pid: Deno.pid, ...this.shared.counters, ...sizes };
    return Object.entries(lines).map(([key, value]) => `${key}:${value}\r\n`).join("");
  }
}

const fib = (n: number): number => n < 2 ? n : fib(n - 1) + fib(n - 2);
