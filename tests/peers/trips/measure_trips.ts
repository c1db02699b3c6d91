/**
 * The program that times one pool: how long a trip takes, one at a time and many at once, and the CPU
 * time of each. Arguments: the pool's name, workers, ms, and how many at once. Writes JSON.
 */
import process from "node:process";
import { POOLS, startPool, type Trip } from "./pools.ts";

const [name, workers, ms, many] = Deno.args;
const known = POOLS.find((pool) => pool === name);
if (known === undefined) throw new RangeError(`no pool ${name}`);

/** Lets so many trips be under way for so long. Returns the µs of each, and of CPU time. */
async function timed(trip: Trip, ms: number, atOnce: number) {
  let trips = 0;
  const startMs = performance.now(), cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: atOnce }, async (_, number) => {
    while (performance.now() < startMs + ms) {
      await trip(number);
      trips++;
    }
  }));
  const tookMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  return { us: tookMs * 1000 / trips, cpu_us: (user + system) / trips };
}

const trip = await startPool(known, Number(workers));
const WARM_UP = 3;
await timed(trip, Number(ms) / WARM_UP, 1);
const alone = await timed(trip, Number(ms), 1);
await timed(trip, Number(ms) / WARM_UP, Number(many));
const together = await timed(trip, Number(ms), Number(many));
console.log(JSON.stringify({ alone, together }));
Deno.exit(0);
