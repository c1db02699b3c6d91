/**
 * What the models are to reach, a row each: what is measured, and how much it may be. Every figure but
 * the idle client's is a ratio of two that were measured in turn.
 */
import type { Floor } from "../../models/parts/options.ts";
import {
  dearestByCheapest,
  idleClientKib,
  newClientMs,
  pingMs,
  type Timed,
  timeRatios,
} from "./reach_measures.ts";
import { type Asking, asking, type Effort, ratios } from "./ratios.ts";
import { modelPeer, type Peer, REDIS } from "./servers.ts";
import { tripRatios } from "./trips.ts";

/** One row. */
export interface Reach {
  /** By which it is chosen. */
  readonly id: string;
  /** At most 48 characters. */
  readonly what: string;
  /** The most that it may be. */
  readonly goal: number;
  /** KiB; none: a ratio. */
  readonly unit?: "KiB";
  /** A figure of each round. @throws Error that says why it cannot be measured. */
  readonly measure: (effort: Effort) => Promise<number[]>;
}

const IDLE_CLIENTS = 4500, MANY_IDLE = 10_000;
const FLOORS: readonly Floor[] = ["deno", "kernel"];
/** Connected clients, all of which ask. */
const COUNTS = [10, 100, 1000, 5000];

/** CPU for a request, one server's against another's. */
function cpu(
  id: string,
  what: string,
  goal: number,
  one: readonly [Peer, Asking],
  other: readonly [Peer, Asking],
): Reach {
  return { id, what, goal, measure: (effort) => ratios(one, other, effort) };
}

function againstRedis(id: string, model: number, io: Floor, how: Asking, goal: number): Reach {
  const what = `model ${model} ${io}, ${how.name}: CPU × redis`;
  return cpu(id, what, goal, [modelPeer(model, io), how], [REDIS, how]);
}

/** What a client that says nothing costs in memory. */
function idleMemory(io: Floor, goal: number): Reach {
  const what = `model 3 ${io}: an idle client of ${IDLE_CLIENTS}`;
  const measure = (effort: Effort) => idleClientKib(modelPeer(3, io), IDLE_CLIENTS, effort);
  return { id: `idle-memory-${io}`, what, goal, unit: "KiB", measure };
}

/** The start of a thread: the kernel floor's time as a part of the other's. */
function threadStart(id: string, what: string, model: number, timed: Timed): Reach {
  const [kernel, deno] = [modelPeer(model, "kernel"), modelPeer(model, "deno")];
  return { id, what, goal: 0.5, measure: (effort) => timeRatios(kernel, deno, timed, effort) };
}

/** The dearest request against the cheapest, over the number of clients. */
function overClients(model: number, io: Floor): Reach {
  const what = `model ${model} ${io}: CPU over 10 to 5,000 clients`;
  const measure = (effort: Effort) => dearestByCheapest(modelPeer(model, io), COUNTS, effort);
  return { id: `clients-${model}-${io}`, what, goal: 1.5, measure };
}

/** The median of a client's PINGs beside many idle ones, against none. */
function besideIdle(io: Floor): Reach {
  const beside = [modelPeer(3, io), asking(1, 1, MANY_IDLE)] as const;
  const alone = [modelPeer(3, io), asking(1)] as const;
  return {
    id: `idle-ping-${io}`,
    what: `model 3 ${io}: PING, 10,000 idle × none`,
    goal: 1.2,
    measure: (effort) => ratios(beside, alone, effort, ({ medianUs }) => medianUs),
  };
}

function model4(id: string, io: Floor, how: Asking, goal: number): Reach {
  const what = `model 4 ${io}, ${how.name}: CPU × model 3`;
  return cpu(id, what, goal, [modelPeer(4, io), how], [modelPeer(3, io), how]);
}

function model2(): Reach {
  const ten = asking(10);
  const what = "model 2 kernel, 10 clients: CPU × model 3";
  return cpu("model2", what, 1.5, [modelPeer(2, "kernel"), ten], [modelPeer(3, "kernel"), ten]);
}

/** All rows. */
export const REACH: readonly Reach[] = [
  againstRedis("kernel-50", 3, "kernel", asking(50), 1),
  againstRedis("kernel-1", 3, "kernel", asking(1), 0.9),
  againstRedis("kernel-P16", 3, "kernel", asking(50, 16), 1.15),
  againstRedis("deno-50", 3, "deno", asking(50), 1.25),
  idleMemory("kernel", 1),
  idleMemory("deno", 8),
  againstRedis("model5", 5, "kernel", asking(50), 1.2),
  model2(),
  ...FLOORS.map((io) => model4(`model4-P16-${io}`, io, asking(50, 16), 2.5)),
  ...FLOORS.map((io) => model4(`model4-1-${io}`, io, asking(1), 2)),
  {
    id: "trip-alone",
    what: "the pool's trip × piscina's, one at a time",
    goal: 0.25,
    measure: (effort) => tripRatios("piscina", effort, ({ alone }) => alone.us),
  },
  {
    id: "trip-many",
    what: "the pool's trip × piscina's, 50 at once",
    goal: 0.25,
    measure: (effort) => tripRatios("piscina", effort, ({ together }) => together.us),
  },
  threadStart("thread-client", "new client in model 2: kernel × deno", 2, newClientMs),
  threadStart("thread-ping", "a PING in model 7: kernel × deno", 7, pingMs),
  ...[3, 4, 5].flatMap((model) => FLOORS.map((io) => overClients(model, io))),
  ...FLOORS.map(besideIdle),
];
