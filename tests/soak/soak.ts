/**
 * A long run on each model: `deno task soak --minutes 10`. Clients come and go, ask for everything and
 * end in every way; each reply is looked at, and the server's memory, threads and descriptors are
 * sampled. Says what was lost, doubled or out of order, and draws the memory.
 *
 * Exit code: 0; 1 when a reply was wrong or something was left behind; 2 for a wrong command line.
 */
import { LESSONS } from "../../lessons/catalogue.ts";
import { UsageError } from "../../lessons/tools/flags.ts";
import { complain, print } from "../../lessons/tools/screen.ts";
import type { Floor } from "../../models/parts/options.ts";
import { referenceTarget } from "../grader/server/reference_target.ts";
import { openDescriptors, residentBytes } from "../grader/server/proc.ts";
import { RunningServer } from "../grader/server/running_server.ts";
import { randomNumbers } from "../of_parts/helpers.ts";
import { parseSoakArguments, SOAK_HELP, type SoakRequest } from "./arguments.ts";
import { type Tally, visit } from "./client.ts";
import { memoryPlot, type Sample } from "./memory_plot.ts";

/** Clients at once. Model 1 serves one; where a client or a request costs a thread, a few. */
const CLIENTS = 24, FEW = 6;
const SAMPLE_MS = 1000;
/** What may be left when all clients are gone: a thread of Deno's own, with what it has open. */
const SPARE_THREADS = 2, SPARE_DESCRIPTORS = 16;

/** What was seen of one model. */
interface Soaked {
  readonly model: number;
  readonly tally: Tally;
  readonly samples: readonly Sample[];
  readonly left: string;
}

function sampleOf(server: RunningServer, startMs: number): Sample {
  return {
    seconds: (performance.now() - startMs) / 1000,
    residentBytes: residentBytes(server.pid),
    threads: server.threads().length,
    descriptors: openDescriptors(server.pid),
  };
}

/** @param ms so long clients come. */
async function soakModel(model: number, io: Floor, ms: number, seed: number): Promise<Soaked> {
  const server = await RunningServer.start(referenceTarget(model, io));
  const tally: Tally = { replies: 0, connections: 0, resets: 0, wrong: [] };
  const startMs = performance.now();
  try {
    // What the first ones cost stays.
    for (let i = 0; i < 3; i++) await visit(server.port, `warm-${i}`, randomNumbers(i), tally);
    const samples: Sample[] = [sampleOf(server, startMs)];
    const sampling = setInterval(() => samples.push(sampleOf(server, startMs)), SAMPLE_MS);
    const endMs = startMs + ms;
    const clients = model === 1 ? 1 : model === 2 || model === 7 ? FEW : CLIENTS;
    await Promise.all(Array.from({ length: clients }, async (_, number) => {
      const random = randomNumbers(seed + number);
      for (let n = 0; performance.now() < endMs && tally.wrong.length === 0; n++) {
        await visit(server.port, `${number}-${n}`, random, tally);
      }
    })).finally(() => clearInterval(sampling));
    const left = await whatIsLeft(server, samples[0], startMs);
    if (!server.running) tally.wrong.push(`the server has ended; ${server.lastWords}`);
    return { model, tally, samples: [...samples, sampleOf(server, startMs)], left };
  } finally {
    await server.stop();
  }
}

/** Waits until threads and descriptors are back. Empty when they are. */
async function whatIsLeft(server: RunningServer, before: Sample, startMs: number): Promise<string> {
  for (let tries = 0;; tries++) {
    const now = sampleOf(server, startMs);
    const threads = now.threads - before.threads;
    const descriptors = now.descriptors - before.descriptors;
    if (threads <= SPARE_THREADS && descriptors <= SPARE_DESCRIPTORS) return "";
    if (tries > 100) return `${threads} threads and ${descriptors} descriptors more than before`;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function report({ model, tally, samples, left }: Soaked): string {
  const mebibytes = (sample: Sample) => Math.round(sample.residentBytes / 2 ** 20);
  const middle = samples[Math.floor(samples.length / 2)];
  const memory = [samples[0], middle, samples.at(-1)!].map(mebibytes).join(", ");
  const wrong = tally.wrong.map((line) => `  ${line}\n`).join("");
  return `model ${model}: ${tally.replies} replies, ${tally.connections} connections, ` +
    `${tally.resets} resets; lost, doubled or out of order: ${tally.wrong.length}; ` +
    `MiB at the start, in the middle, at the end: ${memory}` +
    `${left === "" ? "" : `; left behind: ${left}`}\n${wrong}`;
}

async function soak({ minutes, models, io, seed, plot }: SoakRequest): Promise<boolean> {
  const ms = minutes * 60_000;
  print(`${minutes} minutes on each of models ${models.join(", ")}, seed ${seed}\n`);
  const all: Soaked[] = [];
  for (const model of models) {
    const soaked = await soakModel(model, io, ms, seed);
    print(report(soaked));
    all.push(soaked);
  }
  if (plot !== undefined) {
    await Deno.writeTextFile(plot, memoryPlot(all));
    print(`the memory is drawn in ${plot}\n`);
  }
  return all.every(({ tally, left }) => tally.wrong.length === 0 && left === "");
}

/** @returns the exit code. */
async function main(): Promise<number> {
  try {
    const request = parseSoakArguments(Deno.args, LESSONS.map(({ number }) => number));
    if (request !== "help") return await soak(request) ? 0 : 1;
    print(SOAK_HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    return 2;
  }
}

Deno.exit(await main());
