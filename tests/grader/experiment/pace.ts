/**
 * How long a server takes for a reply when nobody else is there. Each server is measured in the same run:
 * what another would call dead may be slow, and comes back by itself from what it waits for.
 */
import { Client } from "../clients/client.ts";
import { RunningServer } from "../server/running_server.ts";
import type { Target } from "../server/target.ts";

/** Replies that are measured. */
const REPLIES = 4;
/** A server that does not answer has no pace. Its claims find out why. */
const MOST_MS = 4000;
/** From here on a reply is late enough to speak of it. */
const SLOW_MS = 50;

/** SLEEP takes no more than a minute, however long it is to block. */
export const LONGEST_SLEEP_MS = 59_000;

/** What is waited for, as a multiple of a server's own reply time. */
const QUIET_TIMES = 1.5, HELD_TIMES = 4, LAST_LOOK_TIMES = 8;
/** Half a second is a usual time-out, of a lock that is tried again or a child that is waited for. */
const LAST_LOOK_MS = 2500;

/** How patient an experiment is with a server. */
export class Pace {
  /** Grows when requests that were to block for the whole experiment were over before its end. */
  blocksTimes = 1;

  /** @param replyMs how long a reply takes, with nobody else there. */
  constructor(readonly replyMs: number) {}

  /**
   * For how long a request is to block, in ms: more each time that it was over too early.
   *
   * @param besidesMs what does not grow with that.
   */
  blocksMs(drawnMs: number, besidesMs: number): number {
    return Math.min(Math.round(drawnMs * this.blocksTimes + besidesMs), LONGEST_SLEEP_MS);
  }

  /** How long it has to rest, at least, until it has done what it can do. */
  get quietMs(): number {
    return QUIET_TIMES * this.replyMs;
  }

  /** How long a reply has to stay away, at least, until it is held up. */
  get heldMs(): number {
    return HELD_TIMES * this.replyMs;
  }

  /** How long is looked once more before a claim fails because nothing comes. */
  get lastLookMs(): number {
    return LAST_LOOK_MS + LAST_LOOK_TIMES * this.replyMs;
  }

  /** For a verdict: what has to be said of a slow server; "" of any other. */
  get text(): string {
    if (this.replyMs < SLOW_MS) return "";
    return `a reply takes ${this.replyMs.toFixed(0)} ms with nobody else there`;
  }
}

const paces = new WeakMap<Target, Promise<Pace>>();

/** The target's pace; it is started once for that, alone. Throws TargetError when it does not start. */
export function paceOf(target: Target): Promise<Pace> {
  const known = paces.get(target);
  if (known !== undefined) return known;
  const measured = measure(target);
  paces.set(target, measured);
  measured.catch(() => paces.delete(target));
  return measured;
}

async function measure(target: Target): Promise<Pace> {
  const server = await RunningServer.start(target);
  try {
    const client = await Client.connect("measuring client", server.port, () => {});
    try {
      return new Pace(await ownReplyMs(client));
    } finally {
      client.close();
      await client.ended();
    }
  } finally {
    await server.stop();
  }
}

/** In ms, whatever else the machine has to do meanwhile; 0 when nothing comes. */
async function ownReplyMs(client: Client): Promise<number> {
  const tookMs: number[] = [];
  for (let i = 0; i < REPLIES; i++) {
    const startMs = performance.now();
    if (!await inTime(client.ask("PING"))) return 0;
    tookMs.push(performance.now() - startMs);
  }
  // The first one costs what a runtime does for the first time, too.
  return Math.min(...tookMs.slice(1));
}

async function inTime(reply: Promise<string>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(resolve, MOST_MS, false));
  const came = reply.then(() => true, () => false);
  const answered = await Promise.race([came, late]);
  clearTimeout(timer);
  return answered;
}
