/** All peers with the same work, in turn: the CPU time of a request, and the time of a pool's trip. */
import type { MeasuredServer } from "../compare/measured_server.ts";
import { type Asking, asking, type Effort, type Measured, measureOnce } from "./ratios.ts";
import { spreadOf } from "../load/points.ts";
import type { Spread } from "../load/figures.ts";
import type { Peer } from "./servers.ts";
import { MANY, measureTrips } from "./trips.ts";
import { POOLS } from "./trips/pools.ts";

/** The work. */
export const ASKINGS: readonly Asking[] = [asking(1), asking(50), asking(50, 16)];

/** The columns of a pool. */
export const TRIPS: readonly string[] = ["one at a time", `${MANY} at once`];

/** One server or pool. */
export interface PeerRow {
  readonly name: string;
  /** By the work: in µs. */
  readonly us: Readonly<Record<string, Spread>>;
  /** And as a multiple of the first row's in the same round. */
  readonly ratio: Readonly<Record<string, Spread>>;
}

/** What was found out. */
export interface SideBySide {
  readonly servers: readonly PeerRow[];
  readonly pools: readonly PeerRow[];
  readonly missing: readonly string[];
}

/** By name, then by the work: a figure for each round. */
type Rounds = Map<string, Map<string, number[]>>;

/**
 * Measures the peers that the machine has.
 *
 * @param chosen whether one is wanted, by its id.
 * @param progress is told what is being done.
 */
export async function sideBySide(
  all: readonly Peer[],
  chosen: (id: string) => boolean,
  effort: Effort,
  progress: (text: string) => void,
): Promise<SideBySide> {
  const missing: string[] = [];
  const servers = new Map<string, MeasuredServer>();
  for (const { id, name, start } of all) {
    if (!chosen(id)) continue;
    progress(`starting ${name}`);
    try {
      servers.set(name, await start());
    } catch (error) {
      missing.push(`${name}: ${(error as Error).message}.`);
    }
  }
  const serverRounds = await inTurn([...servers.keys()], effort, missing, async (name, round) => {
    progress(`round ${round + 1}, ${name}`);
    const found: [string, number][] = [];
    for (const how of ASKINGS) {
      const { cpuUs }: Measured = await measureOnce(servers.get(name)!, how, effort, round);
      found.push([how.name, cpuUs]);
    }
    return found;
  });
  await Promise.all([...servers.values()].map((server) => server.stop()));
  const pools = POOLS.filter((pool) => chosen(pool));
  const poolRounds = await inTurn(pools, effort, missing, async (pool, round) => {
    progress(`round ${round + 1}, ${pool}`);
    const { alone, together } = await measureTrips(pool, effort);
    return [[TRIPS[0], alone.us], [TRIPS[1], together.us]];
  });
  return { servers: rowsOf(serverRounds), pools: rowsOf(poolRounds), missing };
}

async function inTurn<T extends string>(
  names: readonly T[],
  { rounds }: Effort,
  missing: string[],
  measure: (name: T, round: number) => Promise<[string, number][]>,
): Promise<Rounds> {
  const found: Rounds = new Map(names.map((name) => [name, new Map()]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const figures = found.get(name);
      if (figures === undefined) continue;
      try {
        for (const [work, us] of await measure(name, round)) {
          figures.set(work, [...figures.get(work) ?? [], us]);
        }
      } catch (error) {
        found.delete(name);
        missing.push(`${name}: ${(error as Error).message}.`);
      }
    }
  }
  return found;
}

function rowsOf(found: Rounds): PeerRow[] {
  const [base] = found.values();
  return [...found].map(([name, works]) => ({
    name,
    us: Object.fromEntries([...works].map(([work, us]) => [work, spreadOf(us)])),
    ratio: Object.fromEntries([...works].map(([work, us]) => {
      const below = base.get(work) ?? [];
      return [work, spreadOf(us.map((one, round) => one / below[round]))];
    })),
  }));
}
