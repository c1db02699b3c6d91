/** A whole comparison: the baseline, then one model after the other, the same for each. */
import type { Floor } from "../../models/parts/options.ts";
import { procExists } from "../grader/server/proc.ts";
import { type Effort, FULL, QUICK } from "./effort.ts";
import { type Comparison, type Figures, type Machine, type ModelRow, SCHEMA } from "./figures.ts";
import { limited } from "./limited.ts";
import {
  chooseFib,
  measureAtOnce,
  measureAtRest,
  measureStart,
  medianTogether,
} from "./measure.ts";
import { measurePing } from "./measure_ping.ts";
import { missingText } from "./missing.ts";
import { factsOf, POOL } from "./models.ts";
import { startModel, startRedis } from "./programs.ts";

/** The model with which computing is compared, and PING where there is no redis-server. */
const BASE = 3;

/** What is compared, and how. */
export interface Plan {
  readonly models: readonly number[];
  /** Each model is measured on each of these floors. */
  readonly floors: readonly Floor[];
  readonly quick: boolean;
  /** What was typed, for the record. */
  readonly command: string;
  readonly machine: Machine;
  /** Is told what is being done: what begins, with a colon, then the steps of it; "" at the end. */
  readonly progress: (text: string) => void;
}

/** What the models' figures are compared with. */
interface Baseline {
  readonly fib: number;
  readonly fibMs: number;
  readonly redis?: Figures;
  /** redis-server's figures, or else the base's. */
  readonly ping: Figures;
}

/** Measures everything. A model that cannot be measured has a row that says why. */
export async function compare(plan: Plan): Promise<Comparison> {
  const { models, quick, command, machine, progress } = plan;
  const effort = quick ? QUICK : FULL;
  const date = new Date().toISOString();
  progress("baseline:");
  const baseline = await limited(() => measureBaseline(effort, progress));
  const rows: ModelRow[] = [];
  for (const model of models) {
    for (const io of plan.floors) {
      progress(`model ${model}${io === "deno" ? "" : `, --io ${io}`}:`);
      rows.push(await measureModel(model, io, baseline, effort, progress));
    }
  }
  progress("");
  const other = procExists ? `model ${BASE}` as const : "none";
  const found = {
    schema: SCHEMA,
    date,
    command,
    quick,
    machine,
    pool: POOL,
    fib: baseline.fib,
    yardstick: baseline.redis && procExists ? "redis-server" : other,
    models: rows,
    redis: baseline.redis,
  } as const;
  return { ...found, missing: missingText(found) };
}

async function measureBaseline(effort: Effort, progress: Plan["progress"]): Promise<Baseline> {
  const facts = factsOf(BASE);
  progress("redis-server");
  const redis = await measureRedis(facts.pingClients, effort);
  progress(`model ${BASE}`);
  const server = await startModel(BASE);
  const fib = await chooseFib(server, effort);
  const fibMs = await medianTogether(server, `FIB ${fib}`, facts.served, effort);
  const ping = redis ?? await measurePing(server, facts.pingClients, effort);
  await server.stop();
  return { fib, fibMs, redis, ping };
}

/** @returns undefined when there is no redis-server, or it does not start. */
async function measureRedis(clients: number, effort: Effort): Promise<Figures | undefined> {
  const server = await startRedis().catch(() => undefined);
  if (server === undefined) return undefined;
  const figures = await measurePing(server, clients, effort);
  await server.stop();
  return figures;
}

async function measureModel(
  model: number,
  io: Floor,
  baseline: Baseline,
  effort: Effort,
  progress: Plan["progress"],
): Promise<ModelRow> {
  const facts = factsOf(model);
  const { name, memoryClients, pingClients } = facts;
  const row = { model, io, name, memory_clients: memoryClients };
  let figures: Figures = {};
  try {
    await limited(async () => {
      const start = () => startModel(model, io);
      progress("start-up,");
      figures = await measureStart(start, effort);
      progress("threads and memory,");
      figures = { ...figures, ...await measureAtRest(start, facts, effort) };
      const server = await start();
      progress("business,");
      figures = { ...figures, ...await measureAtOnce(server, facts, baseline.fib, effort) };
      progress("PING");
      figures = { ...figures, ...await measurePing(server, pingClients, effort) };
      await server.stop();
    });
  } catch (error) {
    return { ...row, ...figures, error: error instanceof Error ? error.message : `${error}` };
  }
  return { ...row, ...figures, ...ratios(figures, baseline) };
}

function ratios(figures: Figures, { fibMs, ping }: Baseline): Figures {
  return {
    fib_ratio: ratio(figures.fib_ms, fibMs),
    ping_alone_ratio: ratio(figures.ping_alone_cpu_us, ping.ping_alone_cpu_us),
    ping_load_ratio: ratio(figures.ping_load_cpu_us, ping.ping_load_cpu_us),
  };
}

/** Undefined without one of the two, and where the base was too short for the clock. */
function ratio(value: number | undefined, base: number | undefined): number | undefined {
  return value === undefined || !base ? undefined : value / base;
}
