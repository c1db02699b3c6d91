/**
 * Whether a race's figures are those of `deno task compare`: both measure each model, in turn, in one
 * run. It prints the least and the most of either, and judges nothing. By hand, on a machine that has
 * nothing else to do: `deno run -A tests/bench/race_and_compare.ts [ROUNDS]`.
 */
import { lessonOf, NUMBERS } from "../../lessons/catalogue.ts";
import { race } from "../../lessons/lab/race/racer.ts";
import { FULL } from "../compare/effort.ts";
import type { Figures } from "../compare/figures.ts";
import { measureAtRest, medianTogether } from "../compare/measure.ts";
import { endServers } from "../compare/measured_server.ts";
import { factsOf } from "../compare/models.ts";
import { startModel } from "../compare/programs.ts";

const CLIENTS = 8, MIB = 2 ** 20;
const { sleepMs } = FULL;
const EFFORT = { ...FULL, starts: 1, runs: 1 };

/** What both know of a model: threads and memory before any client, and SLEEPs at once. */
type Both = readonly [threads: number, memoryMib: number, atOnce: number];

async function compared(model: number): Promise<Both> {
  const facts = factsOf(model);
  const start = () => startModel(model);
  const rest: Figures = await measureAtRest(start, { ...facts, memoryClients: 0 }, EFFORT);
  const server = await start();
  const tookMs = await medianTogether(server, `SLEEP ${sleepMs}`, facts.served, EFFORT);
  await server.stop();
  return [rest.threads ?? NaN, (rest.memory_bytes ?? NaN) / MIB, CLIENTS * sleepMs / tookMs];
}

async function raced(model: number): Promise<Both> {
  const mix = { clients: CLIENTS, lines: [`SLEEP ${sleepMs}`], times: 1 };
  const { costs, lastReplyUs = NaN } = await race({ lesson: lessonOf(model) }, mix, () => {});
  const { threads = NaN, memoryBytes = NaN } = costs?.alone ?? {};
  return [threads, memoryBytes / MIB, CLIENTS * sleepMs / (lastReplyUs / 1000)];
}

/** From the least to the most of one figure. */
function spread(all: readonly Both[], figure: number): string {
  const values = all.map((one) => one[figure]);
  return [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(1)).join(" to ");
}

addEventListener("unload", endServers);
const rounds = Number(Deno.args[0] ?? 3);
console.log(`load of the machine: ${Deno.loadavg().map((one) => one.toFixed(1)).join(" ")}`);
for (const model of NUMBERS) {
  const [race, compare]: [Both[], Both[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    race.push(await raced(model));
    compare.push(await compared(model));
  }
  for (const [figure, name] of ["threads", "memory, MiB", "SLEEP at once"].entries()) {
    const both = `race ${spread(race, figure)}, compare ${spread(compare, figure)}`;
    console.log(`model ${model}, ${name}: ${both}`);
  }
}
