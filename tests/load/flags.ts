/** The flags of `deno task load`, with their bounds. */
import { type Flag, flagHelp, oneOf, onOff, wholeNumber } from "../../lessons/tools/flags.ts";
import type { Floor } from "../../models/parts/options.ts";
import { text } from "../grader/grading/grader_flags.ts";
import { WORKS } from "./generator/work.ts";

const FLOORS: readonly Floor[] = ["deno", "kernel"];
const MOST_CLIENTS = 10_000, MOST_STEPS = 12;

/** A flag whose value is a number of seconds, with a point or without. */
function seconds(least: number, most: number, about: string): Flag<number> {
  return {
    placeholder: "S",
    about,
    allowed: `a number of seconds from ${least} to ${most}`,
    parse(text) {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

const clients: Flag<readonly number[]> = {
  placeholder: "1,10,100",
  about: "clients that ask; each number in turn",
  allowed: `up to ${MOST_STEPS} numbers from 1 to ${MOST_CLIENTS}, with commas`,
  parse(text) {
    const counts = text.split(",").map((word) => /^\d{1,5}$/.test(word) ? Number(word) : NaN);
    const fit = counts.every((count) => count >= 1 && count <= MOST_CLIENTS);
    return fit && counts.length <= MOST_STEPS ? [...new Set(counts)] : undefined;
  },
};

/** On which floors models are measured; `deno task compare` has it too. */
export const FLOORS_FLAG: Flag<readonly Floor[]> = {
  placeholder: "deno,kernel",
  about: "floors of the models that are measured",
  allowed: "deno, kernel or deno,kernel",
  parse(text) {
    const words = text.split(",");
    const found = FLOORS.filter((floor) => words.includes(floor));
    return found.length === words.length ? found : undefined;
  },
};

/** All of them. */
export const FLAGS = {
  io: FLOORS_FLAG,
  clients,
  pipeline: wholeNumber(1, 1000, "N", "requests in one piece; also -P N"),
  work: oneOf(WORKS, "what is asked for"),
  size: wholeNumber(0, 524_288, "N", "bytes to echo, ms to sleep, n of FIB"),
  churn: onOff("a new connection for each piece"),
  idle: wholeNumber(0, 20_000, "N", "clients beside that say nothing"),
  rate: wholeNumber(1, 1_000_000, "N", "requests a second, come what may"),
  seconds: seconds(0.1, 600, "how long each round asks; default 2"),
  warmup: seconds(0, 60, "and before, unmeasured; default 0.5"),
  rounds: wholeNumber(1, 20, "N", "of which the median counts; default 3"),
  threads: wholeNumber(1, 16, "N", "of the generator; default 1"),
  json: text("FILE", "write the figures as JSON", "a file to write"),
  svg: text("FOLDER", "draw the figures there, three plots", "a folder"),
  help: onOff("show this"),
};

/** The text of `--help`. */
export const LOAD_HELP = `Sends requests to servers on this machine, and tells how they bear it.

usage: deno task load LESSON|HOST:PORT … [flags]

A lesson's server is started for each measurement; it has no other clients. At
HOST:PORT one listens already, on a loopback address: others are refused.

${flagHelp(FLAGS)}
Without --rate a client sends when it has its replies (closed loop): a server
that rests is not asked meanwhile, and the rest hardly shows. With --rate the
time of a request counts from when it should have gone (open loop).

Exit code: 0; 1 when a server could not be measured; 2 for a wrong command line;
130 after Ctrl-C, which prints what was measured until then.
`;
