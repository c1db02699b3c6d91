/**
 * The fuzz as a command: `deno task fuzz --cases 1000000 --seed 7`. The cases are dealt out over the
 * parser's properties, the models and redis-server; the dear ones get fewer.
 *
 * Exit code: 0; 1 when a case failed; 2 for a wrong command line.
 */
import fc from "fast-check";
import { UsageError } from "../../lessons/tools/flags.ts";
import { complain, print } from "../../lessons/tools/screen.ts";
import { type Subject, subjectsOn } from "../conformance/subjects.ts";
import type { Floor } from "../../models/parts/options.ts";
import { FUZZ_HELP, type FuzzRequest, parseFuzzArguments } from "./arguments.ts";
import { parserProperties } from "./properties.ts";
import { compareWithRedis } from "./differential.ts";
import { redisExists, RedisServer } from "./redis_server.ts";
import { settings } from "./run.ts";
import { fuzzModel } from "./servers.ts";
import { commonStream } from "./streams.ts";

/** One thing that is tried. */
interface Part {
  readonly title: string;
  /** Its part of the cases. */
  readonly share: number;
  readonly run: (cases: number, seed: number) => Promise<void>;
}

const PARSER_SHARE = 0.15, REDIS_SHARE = 0.06;
/** By the subject's name on Deno's floor. A connection of model 2 and an event of model 7 cost a thread each. */
const MODEL_SHARES: Readonly<Record<string, number>> = {
  "model 1": 0.01,
  "model 2, descriptor": 0.005,
  "model 2, stream": 0.005,
  "model 3": 0.09,
  "model 4": 0.08,
  "model 5, descriptor": 0.07,
  "model 5, stream": 0.03,
  "model 6": 0.045,
  "model 7": 0.005,
};

function shareOf({ name, model }: Subject): number {
  const names = [name, `model ${model}`, `model ${model}, descriptor`];
  return names.map((one) => MODEL_SHARES[one]).find((share) => share !== undefined) ?? 0;
}

/** @param io what the models stand on. */
const partsOf = (io: Floor): readonly Part[] => [
  ...Object.entries(parserProperties).map(([title, property]) => ({
    title: `parser: ${title}`,
    share: PARSER_SHARE,
    run: async (cases: number, seed: number) => {
      await fc.assert<unknown[]>(property as fc.IProperty<unknown[]>, settings(cases, seed));
    },
  })),
  ...subjectsOn(io).map((subject) => ({
    title: subject.name,
    share: shareOf(subject),
    run: (cases: number, seed: number) => fuzzModel(subject, cases, seed),
  })),
  { title: "redis-server: the same but for the table", share: REDIS_SHARE, run: fuzzRedis },
];

async function fuzzRedis(cases: number, seed: number): Promise<void> {
  if (!redisExists) return print("  not run: there is no redis-server here\n");
  const redis = await RedisServer.start();
  const property = fc.asyncProperty(commonStream(), async (sent) => {
    fc.pre(await compareWithRedis(redis, sent) !== undefined);
  });
  try {
    await fc.assert<unknown[]>(property as fc.IAsyncProperty<unknown[]>, settings(cases, seed));
  } finally {
    await redis.stop();
  }
}

/** @returns whether all cases went well. */
async function fuzz({ cases, seed, io }: FuzzRequest): Promise<boolean> {
  const parts = partsOf(io);
  print(`${cases} cases, seed ${seed}\n`);
  let failed = 0;
  for (const { title, share, run } of parts) {
    const some = Math.ceil(cases * share);
    const startMs = performance.now();
    try {
      await run(some, seed);
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
      print(`ok      ${some} cases in ${seconds} s  ${title}\n`);
    } catch (error) {
      failed++;
      print(`FAILED  ${title}\n        ${error instanceof Error ? error.message : error}\n`);
    }
  }
  print(failed === 0 ? "no case failed\n" : `${failed} of ${parts.length} parts failed\n`);
  return failed === 0;
}

/** @returns the exit code. */
async function main(): Promise<number> {
  try {
    const request = parseFuzzArguments(Deno.args);
    if (request !== "help") return await fuzz(request) ? 0 : 1;
    print(FUZZ_HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    return 2;
  }
}

Deno.exit(await main());
