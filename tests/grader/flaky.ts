/**
 * Whether the grader gives the same code the same marks: grades the models, or right servers from
 * elsewhere, again and again, on an idle machine, with every core busy, and held to about half a core, and counts the verdicts that differ.
 * A new seed for each round, so that the experiments draw other values; it is printed.
 */
import { dim, green, red } from "@std/fmt/colors";
import {
  flagHelp,
  oneOf,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "../../lessons/tools/flags.ts";
import { Counts } from "./grading/flaky_counts.ts";
import type { RoundVerdicts } from "./grading/flaky_round.ts";
import { LESSONS } from "./grading/lessons.ts";
import { anySeed } from "./experiment/random.ts";
import { runMain } from "./grading/run_main.ts";
import { TASK } from "../../lessons/tools/typed.ts";

const PROGRAM = `${TASK} flaky`;
const CORES = navigator.hardwareConcurrency;
const ROUND = new URL("./grading/flaky_round.ts", import.meta.url).pathname;
const SPIN = ["sh", "-c", "while :; do :; done"];

/** Where rounds run, one after the other. */
interface Place {
  /** What a round's command begins with. */
  readonly prefix: readonly string[];
  /** The neighbours that use the CPU meanwhile. */
  readonly neighbours: readonly (readonly string[])[];
}

/** One core, and a neighbour on it that takes half of it. */
function halfOf(core: number): Place {
  const prefix = ["taskset", "-c", `${core}`];
  return { prefix, neighbours: [[...prefix, ...SPIN]] };
}

/** The conditions; in several places rounds run side by side. */
const CONDITIONS: Readonly<Record<"idle" | "busy" | "half", readonly Place[]>> = {
  idle: [{ prefix: [], neighbours: [] }],
  busy: [{ prefix: [], neighbours: Array(CORES).fill(SPIN) }],
  half: Array.from({ length: CORES }, (_, core) => halfOf(core)),
};

const FLAGS = {
  times: wholeNumber(1, 1000, "N", "rounds in each condition; default 50"),
  only: oneOf(["idle", "busy", "half"], "one condition, and not all three"),
  servers: onOff("right servers in other languages, tests/servers/unusual, and not the models"),
  help: onOff("show this"),
};

/** Runs a command with nothing but its error output left on the terminal. */
function spawn([program, ...args]: readonly string[], stdout: "null" | "piped") {
  return new Deno.Command(program, { args, stdin: "null", stdout, stderr: "inherit" }).spawn();
}

/** Ends a neighbour, unless Ctrl-C has ended it. */
function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Grades everything once, under the condition. */
async function round(
  prefix: readonly string[],
  seed: number,
  lessons: readonly string[],
): Promise<RoundVerdicts> {
  const program = [Deno.execPath(), "run", "-A", ROUND, `${seed}`, ...lessons];
  const { success, stdout } = await spawn([...prefix, ...program], "piped").output();
  if (!success) throw new Error(`a round with seed ${seed} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Runs all rounds of one condition. Returns how many verdicts were not the same every time. */
async function count(
  name: keyof typeof CONDITIONS,
  times: number,
  lessons: readonly string[],
): Promise<number> {
  const places = CONDITIONS[name];
  const spinning = places.flatMap(({ neighbours }) => neighbours)
    .map((command) => spawn(command, "null"));
  const counts = new Counts();
  let begun = 0, done = 0;
  try {
    await Promise.all(places.map(async ({ prefix }) => {
      while (begun < times) {
        begun++;
        const seed = anySeed();
        const news = counts.add(await round(prefix, seed, lessons));
        const so = `${counts.size} verdicts, ${counts.repeated} repeated so far`;
        console.log(dim(`${name}: round ${++done} of ${times}, seed ${seed}; ${so}`));
        for (const line of news) console.log(red(`  not the same as before: ${line}`));
      }
    }));
  } finally {
    for (const child of spinning) end(child);
    await Promise.all(spinning.map((child) => child.status));
  }
  const { differing } = counts;
  console.log(
    differing.length === 0
      ? green(`${name}: all verdicts the same, ${times} times out of ${times}`)
      : red(`${name}: ${differing.length} verdicts differ`),
  );
  for (const line of [...differing.flat(), ...counts.repeats]) console.log(`  ${line}`);
  return differing.length;
}

async function main(): Promise<number> {
  const { values: given, words: lessons } = parseFlags(FLAGS, Deno.args, PROGRAM);
  if (given.help) {
    console.log(`${PROGRAM} [LESSON…]: grades the models again and again\n${flagHelp(FLAGS)}`);
    return 0;
  }
  const known = LESSONS.map(({ lesson }) => `${lesson}`);
  const asked = given.servers ? ["servers", ...lessons] : lessons;
  const unknown = lessons.find((word) => !known.includes(word));
  if (unknown !== undefined) {
    throw new UsageError(`no lesson ${shortened(unknown)}; there are ${known.join(", ")}`);
  }
  let differing = 0;
  for (const name of given.only ? [given.only] : ["idle", "busy", "half"] as const) {
    differing += await count(name, given.times ?? 50, asked);
  }
  return differing === 0 ? 0 : 1;
}

await runMain(import.meta, main);
