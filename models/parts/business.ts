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
import type { SharedState } from "./shared_state.ts";
import type { Trace } from "./trace.ts";

const MAX_SLEEP_MS = 60_000;
const MAX_FIB = 45;
/** Below this, FIB doesn't look at the stop cell: 1,973 calls, some microseconds. */
const FIB_UNCHECKED = 15;

const OK = simpleString("OK");
const PONG = simpleString("PONG");
const BYE: Reply = { bytes: OK.bytes, last: true };
const OUT_OF_RANGE = errorReply("ERR value is not an integer or out of range");
const STOPPED = errorReply("ERR server is shutting down");
const INTERNAL = errorReply("ERR internal error");

/** Whose business it is: the thread's name for WHO, the model and its sizes for INFO. */
export interface BusinessOwner {
  /** The name of the thread that does the business. */
  readonly thread: string;
  /** The model's name. */
  readonly model: string;
  /** The model's sizes, such as `{ workers: 4 }`. */
  readonly sizes: Readonly<Record<string, number>>;
}

interface Command {
  /** How many words a request may have, the name included. */
  readonly words: readonly [least: number, most: number];
  readonly run: (words: readonly Uint8Array[]) => Reply;
}

/** The business of one thread. */
export class Business {
  readonly #commands: ReadonlyMap<string, Command>;

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
    this.#commands = new Map<string, Command>([
      ["PING", { words: [1, 2], run: (words) => words.length === 1 ? PONG : bulkReply(words[1]) }],
      ["ECHO", { words: [2, 2], run: (words) => bulkReply(words[1]) }],
      ["SLEEP", { words: [2, 2], run: (words) => this.#sleep(words[1]) }],
      ["FIB", { words: [2, 2], run: (words) => this.#fib(words[1]) }],
      ["WHO", { words: [1, 1], run: () => bulkText(owner.thread) }],
      ["INFO", { words: [1, 2], run: () => bulkText(this.#info()) }],
      ["QUIT", { words: [1, 1], run: () => BYE }],
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
    this.trace?.("start", connection, describe(request));
    const reply = this.#reply(request);
    this.trace?.("finish", connection, request.name);
    return reply;
  }

  #reply({ name, words }: Request): Reply {
    this.shared.commandRun();
    const command = this.#commands.get(name);
    if (command === undefined) {
      return errorReply(`ERR unknown command '${decode(words[0].subarray(0, 128))}'`);
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
    const ms = integer(word, MAX_SLEEP_MS);
    if (ms === undefined) return OUT_OF_RANGE;
    this.shared.sleep(ms);
    return OK;
  }

  #fib(word: Uint8Array): Reply {
    const n = integer(word, MAX_FIB);
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

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** A whole number from 0 to `most`, written as Redis writes it; undefined for anything else. */
function integer(word: Uint8Array, most: number): number | undefined {
  const text = word.length <= 10 ? decode(word) : "";
  const value = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : NaN;
  return value <= most ? value : undefined;
}

function describe({ words }: Request): string {
  return words.slice(0, 3).map((word) => decode(word.subarray(0, 32))).join(" ");
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
