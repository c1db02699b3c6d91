/**
 * A grader in two processes, so that nothing of a grading is left behind, whichever of the two is
 * killed, and however:
 *
 *   the keeper   what was started: it starts the other, waits for it, and clears up after it
 *   the worker   the same program once more: it grades
 *
 * Invariant: each is told of the other's end by the kernel, the keeper as the parent, the worker by a
 * parent-death signal, which also wakes it when it was stopped; and all that was started stays below
 * both of them in the tree of processes (see `../server/orphans.ts`). Who is left ends what is left.
 */
import { fileURLToPath } from "node:url";
import { complain } from "../../../lessons/tools/screen.ts";
import { end, endChildren, ENDING_SIGNALS } from "./end_on_signal.ts";
import { adoptOrphans, whenParentEnds } from "../server/orphans.ts";
import { startedByTask, TYPED_IN } from "./typed_in.ts";
import { removeScratchOf } from "../submission/scratch.ts";

/** Tells the worker who its keeper is. */
const KEEPER = "CONNFD_KEEPER";
/** After that a worker that was told to end is killed. */
const GRACE_MS = 3000;
/** 128 and the signal's number, as a shell has it. */
const KILLED = 137;

/**
 * Runs a program of the grader: as the keeper, or as the worker.
 *
 * @param meta the program's `import.meta`; its main module is started again.
 * @param work the program itself; it is only called in the worker, and ends the process.
 */
export async function kept(meta: ImportMeta, work: () => Promise<unknown>): Promise<void> {
  if (!meta.main) return;
  const keeper = Deno.env.get(KEEPER);
  adoptOrphans();
  if (keeper === undefined) Deno.exit(await keep(meta.url));
  Deno.env.delete(KEEPER);
  // Also one that was killed before this program was loaded: nobody waits for the result.
  whenParentEnds(Number(keeper), () => end(KILLED));
  await work();
}

/** The variables by which a program that is started becomes the worker of this one. */
export function asKept(): Record<string, string> {
  return { [KEEPER]: `${Deno.pid}` };
}

/** @returns the exit code. */
async function keep(url: string): Promise<number> {
  const task = startedByTask();
  // Whoever ends `deno task` ends what it runs, even where no signal can be passed on.
  if (task !== undefined) whenParentEnds(task.pid, () => Deno.kill(Deno.pid, "SIGTERM"));
  const worker = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", fileURLToPath(url), ...Deno.args],
    env: { ...asKept(), ...task && { [TYPED_IN]: task.folder } },
  }).spawn();
  passOn(worker);
  const { code, signal } = await worker.status;
  endChildren();
  removeScratchOf(new Set([worker.pid]));
  if (signal === "SIGKILL") complain("the grader was killed; what it had started is ended");
  return code;
}

/** Ctrl-C reaches both; the worker ends, and says how. */
function passOn(worker: Deno.ChildProcess): void {
  for (const signal of ENDING_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      setTimeout(() => kill(worker, "SIGKILL"), GRACE_MS);
      kill(worker, signal);
    });
  }
}

function kill(worker: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    worker.kill(signal);
  } catch {
    // It has ended.
  }
}
