/** What it takes to give a job to a thread and have its reply, for pools in turn. */
import { fileURLToPath } from "node:url";
import { POOL } from "../compare/models.ts";
import type { Effort } from "./ratios.ts";
import type { POOLS } from "./trips/pools.ts";

const PROGRAM = fileURLToPath(new URL("trips/measure_trips.ts", import.meta.url));
/** Trips under way at once. */
export const MANY = 50;

/** Of one trip. */
interface Took {
  readonly us: number;
  readonly cpu_us: number;
}

/** One at a time, and many at once. */
export interface Trips {
  readonly alone: Took;
  readonly together: Took;
}

/** Times one pool, in a process of its own. @throws Error when it does not run here. */
export async function measureTrips(
  pool: typeof POOLS[number],
  { seconds }: Effort,
): Promise<Trips> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", PROGRAM, pool, `${POOL}`, `${seconds * 1000}`, `${MANY}`],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(decoder.decode(stderr).split("\n")[0]);
  return JSON.parse(decoder.decode(stdout));
}

/** Our pool's time as a part of another's, in each round. */
export async function tripRatios(
  other: "piscina" | "tinypool",
  effort: Effort,
  figure: (trips: Trips) => number,
): Promise<number[]> {
  const found: number[] = [];
  while (found.length < effort.rounds) {
    const own = await measureTrips("models", effort);
    found.push(figure(own) / figure(await measureTrips(other, effort)));
  }
  return found;
}
