/** The command line of `deno task load`. */
import { resolve } from "node:path";
import { parseFlags, shortened, UsageError } from "../../lessons/tools/flags.ts";
import { FLAGS } from "./flags.ts";
import { type Work, WORK_SIZES } from "./generator/work.ts";
import { checkClients, type Target, targetsOf } from "./targets.ts";

/** What was typed before the arguments. */
export const PROGRAM = "deno task load";

/** The longest run, in s. */
const MOST_SECONDS = 3600;
const MOST_TARGETS = 16;
/** Of requests that a client sends in one piece, so that many clients fit into memory. */
const MOST_BATCH_BYTES = 8 * 2 ** 20;
/** Of all descriptors that a process may have. */
const MOST_CONNECTIONS = 20_000;
/** What redis-benchmark calls them. */
const SHORT: Readonly<Record<string, string>> = { "-P": "--pipeline", "-c": "--clients" };

/** What is measured, and how. */
export interface LoadRequest {
  readonly targets: readonly Target[];
  readonly work: Work;
  /** How many clients at once; each number is measured. */
  readonly clients: readonly number[];
  readonly idle: number;
  readonly pipeline: number;
  readonly churn: boolean;
  /** Requests a second; none: a closed loop. */
  readonly rate?: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  /** Of the generator. */
  readonly threads: number;
  /** The path of the file that gets the figures. */
  readonly json?: string;
  /** The path of the folder that gets the plots. */
  readonly svg?: string;
}

/**
 * @param folder what relative paths start from.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseLoadArguments(args: string[], folder: string): LoadRequest | "help" {
  const long = args.flatMap((word) => {
    const short = Object.keys(SHORT).find((short) => word.startsWith(short));
    if (short === undefined) return [word];
    return [SHORT[short], ...word === short ? [] : [word.slice(short.length).replace(/^=/, "")]];
  });
  const { values, words } = parseFlags(FLAGS, long, PROGRAM);
  if (values.help) return "help";
  if (words.length === 0) {
    throw new UsageError(`what is to be measured? A lesson, or HOST:PORT; see: ${PROGRAM} --help`);
  }
  const { idle = 0, pipeline = 1, churn = false, rate, json, svg } = values;
  const request: LoadRequest = {
    targets: words.flatMap((word) => targetsOf(word, values.io ?? ["deno"])),
    work: workOf(values.work ?? "ping", values.size),
    clients: values.clients ?? [50],
    ...{ idle, pipeline, churn, rate },
    seconds: values.seconds ?? 2,
    warmUpSeconds: values.warmup ?? 0.5,
    rounds: values.rounds ?? 3,
    threads: values.threads ?? 1,
    json: json === undefined ? undefined : resolve(folder, json),
    svg: svg === undefined ? undefined : resolve(folder, svg),
  };
  checkBounds(request);
  return request;
}

/** @throws UsageError when it is no folder, and cannot be made one. */
export function checkFolder(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`--svg: ${path}: ${(error as Error).message.split("\n")[0]}`);
  }
}

function workOf(name: Work["name"], size: number | undefined): Work {
  if (name === "ping" || name === "mix") {
    if (size !== undefined) throw new UsageError(`--size: ${name} has none`);
    return { name, size: 0 };
  }
  const { least, most, usual } = WORK_SIZES[name];
  const value = size ?? usual;
  if (value >= least && value <= most) return { name, size: value };
  throw new UsageError(`--size: ${name} takes ${least} to ${most}, not ${shortened(`${value}`)}`);
}

/** So long measuring takes, in s, without the starts of servers. */
export function secondsOf(request: LoadRequest): number {
  const { targets, clients, rounds, seconds, warmUpSeconds } = request;
  return targets.length * clients.length * rounds * (seconds + warmUpSeconds);
}

function checkBounds(request: LoadRequest): void {
  const { targets, clients, idle, pipeline, work, churn } = request;
  if (targets.length > MOST_TARGETS) {
    throw new UsageError(`${targets.length} servers are too many: at most ${MOST_TARGETS}`);
  }
  const most = Math.max(...clients);
  if (most + idle > MOST_CONNECTIONS) {
    throw new UsageError(`${most + idle} connections are too many: at most ${MOST_CONNECTIONS}`);
  }
  const bytes = pipeline * (work.name === "mix" ? 65_536 : work.name === "echo" ? work.size : 8);
  if (bytes > MOST_BATCH_BYTES) {
    throw new UsageError("--pipeline: more than 8 MiB would be under way to each client");
  }
  const took = secondsOf(request);
  if (took > MOST_SECONDS) {
    throw new UsageError(`that takes ${Math.round(took)} s: at most ${MOST_SECONDS}`);
  }
  for (const target of targets) checkClients(target, most, idle, churn);
}
