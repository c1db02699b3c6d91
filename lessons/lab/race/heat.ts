/** One run of a server in a race: it is started, does the workload, is watched, and ends. */
import { folderOf, type Lesson, modelOf } from "../../catalogue.ts";
import { type SizeName, SIZES } from "../../../models/parts/sizes.ts";
import { threadsUp } from "../run/play.ts";
import { plainCommand } from "../run/plain_server.ts";
import { NeverCame, Run } from "../run/run.ts";
import { type Costs, CostWatch } from "./cost_watch.ts";
import { ask, isScene, type Workload } from "./workload.ts";

/** Each pool has so many, so that what differs is the model. */
export const POOL = 4;
const POOLS: readonly SizeName[] = ["workers", "threads", "processes"];
const PATIENCE_MS = 60_000;

/** Who races: a lesson's model, an exercise in its place, or a command that starts a server. */
export type Entrant =
  | { readonly lesson: Lesson; readonly exercise?: boolean }
  | { readonly command: string };

/** What it is called. */
export function nameOf(entrant: Entrant): string {
  if ("command" in entrant) return entrant.command;
  const { lesson: { number, name }, exercise } = entrant;
  return exercise ? `your exercise ${number}` : `${number} ${name}`;
}

/** What came of it. */
export interface Heat {
  readonly run: Run;
  /** When the clients began to ask, on the run's own clock. */
  readonly startUs: number;
  /** Undefined where they are not to be seen. */
  readonly costs?: Costs;
  /** Why it could not go on to the end. */
  readonly trouble?: string;
}

/** How it is run. */
export interface HeatOptions {
  /** With a trace, which costs time and memory; a command has none. */
  readonly traced: boolean;
  /** What it costs is wanted. */
  readonly watched: boolean;
  /** Is told of the run before it begins: a Ctrl-C has to stop it. */
  readonly onRun: (run: Run) => void;
}

/** Runs it. Throws `ServerFailed` when it does not start. */
export async function runHeat(
  entrant: Entrant,
  workload: Workload,
  { traced, watched, onRun }: HeatOptions,
): Promise<Heat> {
  const run = new Run();
  onRun(run);
  const lesson = "lesson" in entrant ? entrant.lesson : undefined;
  const pool = isScene(workload) ? Object.values(workload.sizes ?? {})[0] ?? POOL : POOL;
  let watch: CostWatch | undefined, startUs = 0, trouble: string | undefined;
  try {
    await start(run, entrant, traced, pool);
    watch = watched ? await CostWatch.begin(run.server.pid) : undefined;
    // A model that has no pool has none to wait for.
    const own = isScene(workload) ? { ...workload, sizes: {} } : workload;
    await ask(run, own, lesson, () => {
      startUs = run.clock.us();
      watch?.start();
    }).catch((error) => trouble = troubleOf(error));
    return { run, startUs, trouble, costs: watch?.end() };
  } finally {
    watch?.stop();
    await run.stop();
  }
}

function troubleOf(error: unknown): string {
  if (!(error instanceof NeverCame)) throw error;
  return `It does not go on. ${error.message}.`;
}

/** Pools are whole before the first client comes. */
async function start(run: Run, entrant: Entrant, traced: boolean, pool: number): Promise<void> {
  if ("command" in entrant) return await run.startCommand(entrant.command);
  const { lesson, exercise } = entrant;
  if (!traced) {
    const file = exercise ? `${folderOf(lesson)}/exercise.ts` : modelOf(lesson);
    const sizes = Object.fromEntries(POOLS.map((name) => [name, pool]));
    return await run.startPlain(plainCommand(lesson, file, sizes));
  }
  const pools = Object.values(lesson.sizes).filter((name) => POOLS.includes(name));
  const flags = pools.flatMap((name) => [`--${SIZES[name].flag}`, `${pool}`]);
  await run.start(lesson, [...flags, ...exercise ? ["--exercise"] : []]);
  // An exercise may start its threads when it needs them.
  if (pools.length === 0 || exercise) return;
  await run.until("the pool is up", (lanes) => threadsUp(lanes) >= pool, PATIENCE_MS);
}
