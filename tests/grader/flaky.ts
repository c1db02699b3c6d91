/**
 * Whether the grader gives the same code the same marks: grades the models again and again, on an idle
 * machine, with every core busy, and held to about half a core, and counts the verdicts that differ.
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
import { endOnSignal } from "./end_on_signal.ts";
import { anySeed } from "./random.ts";
import { runMain } from "./run_main.ts";

const PROGRAM = "deno task flaky";
const CORES = navigator.hardwareConcurrency;
const ROUND = new URL("./flaky_round.ts", import.meta.url).pathname;
const SPIN = ["sh", "-c", "while :; do :; done"];
const FIRST_CORE = ["taskset", "-c", "0"];

/** A condition: what a round's command begins with, and the neighbours that use the CPU meanwhile. */
interface Condition {
  readonly prefix: readonly string[];
  readonly neighbours: readonly (readonly string[])[];
}

const CONDITIONS: Readonly<Record<"idle" | "busy" | "half", Condition>> = {
  idle: { prefix: [], neighbours: [] },
  busy: { prefix: [], neighbours: Array(CORES).fill(SPIN) },
  // One core, and a neighbour on it that takes half of it.
  half: { prefix: FIRST_CORE, neighbours: [[...FIRST_CORE, ...SPIN]] },
};

const FLAGS = {
  times: wholeNumber(1, 1000, "N", "rounds in each condition; default 50"),
  only: oneOf(["idle", "busy", "half"], "one condition, and not all three"),
  help: onOff("show this"),
};

/** Runs a command with nothing but its error output left on the terminal. */
function spawn([program, ...args]: readonly string[], stdout: "null" | "piped") {
  return new Deno.Command(program, { args, stdin: "null", stdout, stderr: "inherit" }).spawn();
}

/** Grades everything once, under the condition. */
async function round(prefix: readonly string[], seed: number): Promise<Record<string, string>> {
  const child = spawn([...prefix, Deno.execPath(), "run", "-A", ROUND, `${seed}`], "piped");
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`a round with seed ${seed} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Runs all rounds of one condition. Returns the verdicts that were not the same every time. */
async function count(name: keyof typeof CONDITIONS, times: number): Promise<string[]> {
  const { prefix, neighbours } = CONDITIONS[name];
  const spinning = neighbours.map((command) => spawn(command, "null"));
  const counts = new Map<string, Map<string, number>>();
  try {
    for (let n = 1; n <= times; n++) {
      const seed = anySeed();
      for (const [claim, verdict] of Object.entries(await round(prefix, seed))) {
        const seen = counts.get(claim) ?? new Map<string, number>();
        counts.set(claim, seen.set(verdict, (seen.get(verdict) ?? 0) + 1));
      }
      console.log(dim(`${name}: round ${n} of ${times}, seed ${seed}, ${counts.size} verdicts`));
    }
  } finally {
    for (const child of spinning) child.kill("SIGKILL");
    await Promise.all(spinning.map((child) => child.status));
  }
  return [...counts].filter(([, seen]) => seen.size > 1).map(([claim, seen]) => {
    return `${claim}: ${[...seen].map(([verdict, times]) => `${times} ${verdict}`).join(", ")}`;
  });
}

async function main(): Promise<number> {
  const { values: given, words } = parseFlags(FLAGS, Deno.args, PROGRAM);
  if (words.length > 0) throw new UsageError(`${PROGRAM} takes no '${shortened(words[0])}'`);
  if (given.help) {
    console.log(`${PROGRAM}: grades the models again and again\n${flagHelp(FLAGS)}`);
    return 0;
  }
  endOnSignal(() => {});
  const times = given.times ?? 50;
  let differing = 0;
  for (const name of given.only ? [given.only] : ["idle", "busy", "half"] as const) {
    const differ = await count(name, times);
    differing += differ.length;
    console.log(
      differ.length === 0
        ? green(`${name}: all verdicts the same, ${times} times out of ${times}`)
        : red(`${name}: ${differ.length} verdicts differ`),
    );
    for (const line of differ) console.log(`  ${line}`);
  }
  return differing === 0 ? 0 : 1;
}

await runMain(main, () => {});
