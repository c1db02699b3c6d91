/**
 * Requests that block for a drawn time, and what they hold up. What is held up must not come before the
 * request that blocks is over, and must come then: a reply that stays away for a while, or for good, is
 * something else.
 */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, Inconclusive } from "./claim_failed.ts";
import { LONGEST_SLEEP_MS, type Pace } from "./pace.ts";
import { between, type Random } from "./random.ts";

/** So long a request blocks, in ms: most experiments are over by then. */
const LEAST_MS = 1600, MOST_MS = 2900;
/** Later ones end at about the same time. */
const JITTER_MS = 300;
/** What an experiment with a slow server takes, in waits for something that does not come. */
const WAITS = 5;
/** Next time they block so many times longer. */
const LONGER_TIMES = 3;
/** Timers may round down, and a clock be read a moment late. */
const ROUNDING_MS = 5;
const BLOCKS = "SLEEP has to block for so many milliseconds before it replies.";

/** A reply that is waited for, and when it came. */
interface Pending {
  readonly client: Client;
  readonly reply: Promise<string>;
  came?: { readonly text: string; readonly atMs: number };
}

/** A request that blocks. */
export interface Block extends Pending {
  readonly ms: number;
  readonly sentMs: number;
}

/** A request that is held up. */
export interface HeldUp extends Pending {
  readonly what: string;
  /** By which of them; undefined: by any. */
  readonly by?: Block;
}

/** What blocks in one experiment, and what is held up. */
export class Holds {
  readonly blocks: Block[] = [];
  readonly heldUp: HeldUp[] = [];
  readonly #asked: HeldUp[] = [];
  #endMs = 0;

  constructor(private readonly random: Random) {}

  /** For how long the next request is to block, in ms. */
  nextMs(pace: Pace): number {
    const nowMs = performance.now();
    if (this.#endMs === 0) {
      const drawn = between(this.random, LEAST_MS, MOST_MS) * pace.blocksTimes;
      this.#endMs = nowMs + drawn + WAITS * pace.heldMs;
    }
    const leftMs = Math.max(this.#endMs - nowMs, LEAST_MS / 4);
    return Math.min(Math.round(leftMs) + between(this.random, 0, JITTER_MS), LONGEST_SLEEP_MS);
  }

  /** Takes down a request that was sent, when it was, and is to block. */
  block(client: Client, ms: number, sentMs: number, reply: Promise<string>): Block {
    const block = watched({ client, ms, reply, sentMs });
    this.blocks.push(block);
    return block;
  }

  /** Takes down a request that was sent while others block. */
  asked(client: Client, what: string, reply: Promise<string>, by?: Block): void {
    this.#asked.push(watched({ client, what, reply, by }));
  }

  /** What was asked and has not come is held up. */
  settle(): void {
    this.heldUp.push(...this.#asked.splice(0).filter(({ came }) => came === undefined));
  }

  /**
   * To be called when something has been seen that is to hold while the requests block: behind the last
   * look, since on a busy machine even that takes long enough for them to end meanwhile.
   *
   * @throws ClaimFailed when one has ended before its time, or something did not wait for it;
   *   Inconclusive when it took too long to see it.
   */
  check(pace: Pace): void {
    if (this.blocks.length === 0) return;
    for (const block of this.blocks) onTime(block);
    for (const one of this.heldUp) this.inOrder(one);
    const firstMs = this.#firstEndMs;
    if (performance.now() < firstMs) return;
    pace.blocksTimes *= LONGER_TIMES;
    throw new Inconclusive("the requests that were to block were over before the experiment was");
  }

  /** Fails when what was held up came before what holds it up was over. */
  inOrder({ what, by, came }: HeldUp): void {
    if (came === undefined) return;
    const endMs = by === undefined ? this.#firstEndMs : endOf(by);
    if (came.atMs >= endMs - ROUNDING_MS) return;
    const early = `${(endMs - came.atMs).toFixed(0)} ms before the SLEEP that held it up was over`;
    throw new ClaimFailed(
      `${what} was held up at first, and then answered ${early}`,
      "What waits for a request waits until that request is done, however long it takes.",
    );
  }

  get #firstEndMs(): number {
    return Math.min(...this.blocks.map(endOf));
  }
}

/** When it may end at the earliest, by the clock of `performance.now()`. */
export function endOf({ sentMs, ms }: Block): number {
  return sentMs + ms;
}

/** Fails when a request that was to block is over before its time. */
export function onTime(block: Block): void {
  const { client, ms, sentMs, came } = block;
  if (came === undefined || came.atMs >= endOf(block) - ROUNDING_MS) return;
  const tookMs = (came.atMs - sentMs).toFixed(0);
  throw new ClaimFailed(`${client.name}'s SLEEP ${ms} was answered after ${tookMs} ms`, BLOCKS);
}

function watched<T extends Pending>(pending: T): T {
  pending.reply.then(
    (text) => pending.came = { text, atMs: performance.now() },
    // Whoever waits for the reply gets to know.
    () => {},
  );
  return pending;
}
