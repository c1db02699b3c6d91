/**
 * Servers that go round without waiting. It takes 1.5 s of CPU time to be sure of it; so it is found
 * out once for a target, and not again in each experiment. And a server that spins is put aside, for
 * the sake of those beside it: on one core, and behind everybody else.
 */
import { existsSync } from "node:fs";
import type { ThreadSample } from "./proc.ts";
import type { Target } from "./target.ts";
import { perThread } from "./thread_use.ts";

/** CPU time after which a server that never gets quiet is not going to answer; of one known to spin. */
const BUSY_CPU_NS = 1_500_000_000, KNOWN_CPU_NS = 500_000_000;
/** The same of a server that starts threads meanwhile: a crowd of clients, each with its own, takes seconds. */
const STARTS_CPU_NS = 6_000_000_000;
/** Of util-linux. A tenth of what others get, where they want it. */
const TASKSET = "/usr/bin/taskset", RENICE = "/usr/bin/renice", NICENESS = "10";
const LAST_CORE = `${navigator.hardwareConcurrency - 1}`;

const known = new WeakSet<Target>();

/** Of the CPU time that was used, so much is one and the same thread's. */
const MOST_OF_IT = 0.8;

/** What is to be known of a server here. */
export interface MaySpin {
  readonly target?: Target;
  threads(): ThreadSample[];
}

/**
 * Whether a server that is not quiet has used so much CPU time that it is said to spin.
 *
 * @param before its threads when it was asked.
 */
export function hasSpun(
  server: MaySpin,
  usedNs: number,
  before: readonly ThreadSample[],
): boolean {
  const { target } = server;
  if (target !== undefined && known.has(target)) return usedNs > KNOWN_CPU_NS;
  if (usedNs <= BUSY_CPU_NS) return false;
  return usedNs > STARTS_CPU_NS || !hasStarted(before, server.threads());
}

/** Whether there is a thread that was not there before. */
function hasStarted(before: readonly ThreadSample[], after: readonly ThreadSample[]): boolean {
  const tids = new Set(before.map(({ tid }) => tid));
  return after.some(({ tid }) => !tids.has(tid));
}

/**
 * It has used so much without getting quiet. If that was one thread that goes round, it is remembered,
 * and the server put aside. A crowd of clients, each with a thread that starts, costs as much and is
 * no spinning.
 *
 * @param before its threads when it was asked.
 */
export function hasUsedEnough(server: MaySpin, before: readonly ThreadSample[]): void {
  const threads = server.threads();
  if (!isOneThread(before, threads)) return;
  if (server.target !== undefined) known.add(server.target);
  // With all of its threads; what they start takes after them.
  for (const pid of new Set(threads.map(({ pid }) => pid))) {
    run(TASKSET, ["--all-tasks", "--cpu-list", "--pid", LAST_CORE, `${pid}`]);
  }
  run(RENICE, ["-n", NICENESS, "-p", ...threads.map(({ tid }) => `${tid}`)]);
}

function isOneThread(before: readonly ThreadSample[], after: readonly ThreadSample[]): boolean {
  if (after.length === 0 || hasStarted(before, after)) return false;
  const uses = perThread(before, after, "cpuNs");
  const total = uses.reduce((sum, { used }) => sum + used, 0);
  return uses[0].used > MOST_OF_IT * total;
}

function run(program: string, args: string[]): void {
  if (!existsSync(program)) return;
  new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).outputSync();
}
