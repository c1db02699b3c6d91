/** Which threads read what is small, and write it: those that deal with the large have to be the same. */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";
import {
  allByBytes,
  type Counted,
  countedFor,
  countedForFirstPieces,
  countedForPieces,
  type CountedPieces,
  type Growth,
  MOST_OF_THEM,
  TIMES,
  wakesOf,
} from "./wakes.ts";

const ALL_SIZES = "Whoever reads from a client reads all of it, large requests and small ones.";
/** A request that takes a moment, so that whoever handed it on is asleep when the reply comes. */
const LEAST_MS = 8, MOST_MS = 20, SLEEPS = 8;
/** Looks before anybody is named. */
const LOOKS = 3;
/** Who has read so many times what was sent has read something else. */
const MUCH_MORE = 1.15;
/** Between two looks at a server to which nobody says anything. */
const IDLE_MS = 20;

/**
 * Fails unless the thread that reads large requests also reads a small one, in pieces that leave nothing
 * to do but to read them; and nobody else wakes for these.
 *
 * @param tid the thread that reads large requests.
 */
export async function readsSmallToo(
  t: Experiment,
  server: RunningServer,
  client: Client,
  tid: number,
): Promise<void> {
  await readsPieces(t, server, tid, () => countedForPieces(t, server, client));
}

/** The same for the first pieces of new clients, where one thread reads from all of them. */
export async function readsFirstPieces(
  t: Experiment,
  server: RunningServer,
  tid: number,
): Promise<void> {
  await readsPieces(t, server, tid, () => countedForFirstPieces(t, server));
}

async function readsPieces(
  t: Experiment,
  server: RunningServer,
  tid: number,
  send: () => Promise<CountedPieces>,
): Promise<void> {
  // Some threads of a runtime wake and read now and then, whoever asks for what.
  const wait = () => new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idle = await countedFor(t, server, TIMES, wait);
  let seen = "", each: number[] | undefined;
  for (let look = 1; look <= LOOKS; look++) {
    const counted = await send();
    const readers = readersAmong(counted, idle, tid);
    each = each === undefined ? readers : each.filter((one) => readers.includes(one));
    if (each.length === 1 && each[0] === tid) return;
    const woke = wakesOf(counted, tid), others = othersWoke(counted, idle, tid);
    if (readers.length === 0 && woke >= MOST_OF_THEM && others < MOST_OF_THEM) return;
    seen = readers.length === 0
      ? `it woke for ${woke}, and other threads ${others} times`
      : `thread ${readers.join(", ")} read them`;
    t.record("server", `got ${TIMES} small pieces of requests, and ${seen}`);
  }
  throw new ClaimFailed(
    `thread ${tid} reads what is large; of ${TIMES} small pieces, ${seen}`,
    ALL_SIZES,
  );
}

/**
 * Who read the pieces by the kernel's count. A runtime's own thread may read as much, of something else:
 * that is more or less than was sent, and hardly as much every time, since the sizes are drawn.
 */
function readersAmong(counted: CountedPieces, idle: Counted, tid: number): number[] {
  const growth = beyond("readBytes", counted, idle);
  const most = MUCH_MORE * counted.sentBytes;
  const fitting = growth.filter((one) => one.tid === tid || one.grew <= most);
  return allByBytes(fitting, counted.sentBytes);
}

/** How often other threads woke, beyond what they do anyhow. */
function othersWoke(counted: Counted, idle: Counted, tid: number): number {
  return beyond("sleeps", counted, idle)
    .filter((one) => one.tid !== tid)
    .reduce((sum, { grew }) => sum + Math.max(0, grew - 1), 0);
}

/** What is left of what each thread did when twice of what it does anyhow in that time is taken away. */
function beyond(what: "sleeps" | "readBytes", counted: Counted, idle: Counted): Growth {
  const anyhow = new Map(idle[what].map(({ tid, grew }) => [tid, grew]));
  const times = 2 * Math.max(1, counted.tookMs / idle.tookMs);
  return counted[what].map((one) => {
    return { ...one, grew: one.grew - times * (anyhow.get(one.tid) ?? 0) };
  });
}

/**
 * Fails unless the thread that reads wakes a second time for each request, when its reply is there to be
 * written. Where the kernel's count of bytes tells who writes, that decides.
 */
export async function writesSmallToo(
  t: Experiment,
  server: RunningServer,
  client: Client,
  tid: number,
): Promise<void> {
  let seen = "";
  for (let look = 1; look <= LOOKS; look++) {
    const ms = between(t.random, LEAST_MS, MOST_MS);
    const counted = await countedFor(t, server, SLEEPS, async () => {
      await t.comes(server, client.ask("SLEEP", `${ms}`), `${client.name}'s SLEEP ${ms}`);
    });
    const woke = wakesOf(counted, tid);
    if (woke >= 1.5 * SLEEPS) return;
    seen =
      `thread ${tid}, which reads, woke ${woke} times for ${SLEEPS} requests and their replies`;
    t.record("server", seen);
  }
  throw new ClaimFailed(seen, "A worker gives each reply back to the event loop, which writes it.");
}
