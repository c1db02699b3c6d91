/** Figures of servers in one run: each in turn, round by round, so that what disturbs one disturbs all. */
import type { MeasuredServer } from "../compare/measured_server.ts";
import { measureRound, type RoundPlan } from "../load/measure.ts";
import type { Peer } from "./servers.ts";

/** How much is done. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** What clients do. */
export interface Asking {
  /** At most 18 characters. */
  readonly name: string;
  readonly clients: number;
  readonly pipeline: number;
  readonly idle: number;
}

/** So many clients that ask for PING. */
export function asking(clients: number, pipeline = 1, idle = 0): Asking {
  const what = `${clients} client${clients === 1 ? "" : "s"}`;
  return { name: pipeline === 1 ? what : `${what}, -P ${pipeline}`, clients, pipeline, idle };
}

/** What one round of one server came to. */
export interface Measured {
  /** CPU time of the server for a request. */
  readonly cpuUs: number;
  /** The median of the times until a reply. */
  readonly medianUs: number;
  readonly perSecond: number;
}

const WARM_UP_PART = 0.4;

/** Measures once. @throws Error when the server breaks its word, or has no CPU time to be seen. */
export async function measureOnce(
  server: MeasuredServer,
  { clients, pipeline, idle }: Asking,
  { seconds }: Effort,
  seed: number,
): Promise<Measured> {
  const plan: RoundPlan = {
    work: { name: "ping", size: 0 },
    ...{ clients, pipeline, idle, churn: false, threads: 1 },
    ...{ seconds, warmUpSeconds: seconds * WARM_UP_PART },
  };
  const address = { hostname: "127.0.0.1", port: server.port };
  const { tally, cpuUs } = await measureRound({ address, pid: server.pid }, clients, plan, seed);
  if (cpuUs === undefined) throw new Error("its CPU time is not to be seen: only on Linux");
  return {
    cpuUs,
    medianUs: tally.latency.getValueAtPercentile(50),
    perSecond: tally.replies / tally.seconds,
  };
}

/** Starts servers, and stops them when the work is done or has failed. */
export async function withServers<T>(
  peers: readonly Peer[],
  body: (servers: readonly MeasuredServer[]) => Promise<T>,
): Promise<T> {
  const servers: MeasuredServer[] = [];
  try {
    for (const peer of peers) servers.push(await peer.start());
    return await body(servers);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/**
 * The ratio of two servers' figures, in each round. Both may be the same, asked in two ways.
 *
 * @param figure which of what was measured.
 */
export async function ratios(
  [one, oneAsking]: readonly [Peer, Asking],
  [other, otherAsking]: readonly [Peer, Asking],
  effort: Effort,
  figure: (measured: Measured) => number = ({ cpuUs }) => cpuUs,
): Promise<number[]> {
  return await withServers([one, other], async ([first, second]) => {
    const found: number[] = [];
    while (found.length < effort.rounds) {
      const above = await measureOnce(first, oneAsking, effort, found.length);
      const below = await measureOnce(second, otherAsking, effort, found.length);
      found.push(figure(above) / figure(below));
    }
    return found;
  });
}
