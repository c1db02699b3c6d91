/** The work that a load consists of: requests, and what their replies look like. */
import { between, type Random } from "../../grader/experiment/random.ts";

/** What is asked for, all the time. */
export const WORKS = ["ping", "echo", "sleep", "fib", "mix"] as const;

/** One kind of work. */
export interface Work {
  readonly name: typeof WORKS[number];
  /** Of `echo` the bytes, of `sleep` the ms, of `fib` the n; of no meaning for the others. */
  readonly size: number;
}

/** The bounds of a size, and what it is when nobody says. */
export const WORK_SIZES = {
  // The servers take at most 512 KiB in one bulk string.
  echo: { least: 1, most: 524_288, usual: 65_536 },
  sleep: { least: 0, most: 60_000, usual: 10 },
  fib: { least: 0, most: 45, usual: 20 },
} as const;

/** What is due for one request. The content of a reply is not looked at: its length is, and its kind. */
export interface Reply {
  readonly bytes: number;
  /** The first byte, which tells an error from what was asked for. */
  readonly begins: number;
}

/** Requests that are sent in one piece. */
export interface Batch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly replies: readonly Reply[];
}

/** One request, and its reply. */
interface Exchange {
  readonly request: Uint8Array<ArrayBuffer>;
  readonly reply: Reply;
}

const encoder = new TextEncoder();

function exchange(request: string, reply: string): Exchange {
  return {
    request: encoder.encode(request),
    reply: { bytes: reply.length, begins: reply.charCodeAt(0) },
  };
}

function ping(): Exchange {
  return exchange("PING\r\n", "+PONG\r\n");
}

function echo(bytes: number): Exchange {
  const bulk = `$${bytes}\r\n${"x".repeat(bytes)}\r\n`;
  return exchange(`*2\r\n$4\r\nECHO\r\n${bulk}`, bulk);
}

function sleep(ms: number): Exchange {
  return exchange(`SLEEP ${ms}\r\n`, "+OK\r\n");
}

function fib(n: number): Exchange {
  let [one, next] = [0, 1];
  for (let i = 0; i < n; i++) [one, next] = [next, one + next];
  return exchange(`FIB ${n}\r\n`, `:${one}\r\n`);
}

/** Of a hundred requests of the mix so many of each kind. */
const MIX: readonly (readonly [percent: number, exchange: Exchange])[] = [
  [70, ping()],
  [20, echo(1024)],
  [5, echo(65_536)],
  [3, sleep(1)],
  [2, fib(20)],
];

/** The kinds of the mix, each as often as it is drawn out of a hundred. */
const HUNDRED = MIX.flatMap(([percent, one]) => Array<Exchange>(percent).fill(one));

/** Makes the batches of one client. */
export class Batches {
  readonly #random: Random;
  readonly #only?: Exchange;
  /** Of work that is always the same, by the number of requests. */
  readonly #made = new Map<number, Batch>();

  /** @param random what a mix is drawn with. */
  constructor({ name, size }: Work, random: Random) {
    this.#random = random;
    if (name === "ping") this.#only = ping();
    if (name === "echo") this.#only = echo(size);
    if (name === "sleep") this.#only = sleep(size);
    if (name === "fib") this.#only = fib(size);
  }

  /** The next requests. */
  next(count: number): Batch {
    const made = this.#made.get(count);
    if (made !== undefined) return made;
    const draw = () => this.#only ?? HUNDRED[between(this.#random, 0, HUNDRED.length - 1)];
    const batch = joined(Array.from({ length: count }, draw));
    if (this.#only !== undefined) this.#made.set(count, batch);
    return batch;
  }
}

function joined(exchanges: readonly Exchange[]): Batch {
  const bytes = new Uint8Array(exchanges.reduce((sum, { request }) => sum + request.length, 0));
  let at = 0;
  for (const { request } of exchanges) {
    bytes.set(request, at);
    at += request.length;
  }
  return { bytes, replies: exchanges.map(({ reply }) => reply) };
}
