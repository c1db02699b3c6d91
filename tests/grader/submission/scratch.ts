/**
 * The grader's temporary folders: one for each program, `connfd-PID-…` in the system's folder for
 * such things, and in it whatever is graded. Nothing is written beside the course itself.
 *
 * A grader removes its folder when it ends. One that was killed could not: its folder is removed by
 * the next grader of the same user, when no process has its number any more.
 */
import { join } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";

const PREFIX = "connfd-";
const NAMES = /^connfd-(\d+)-/;
/** One that is younger may be that of a grader which this process cannot see. */
const YOUNG_MS = 60_000;

let own: string | undefined;

/**
 * A new folder, empty, which only this user may enter. It goes with `removeScratch()`.
 *
 * @throws UsageError when none can be made: the disk is full, or may not be written to.
 */
export function makeScratch(): string {
  try {
    own ??= makeOwn();
    return Deno.makeTempDirSync({ dir: own });
  } catch (error) {
    throw new UsageError(`no temporary folder can be made: ${firstLine(error)}`);
  }
}

function makeOwn(): string {
  const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix: `${PREFIX}${Deno.pid}-` }));
  sweep(join(path, ".."));
  return path;
}

/** Removes all that this program has made; when it ends. */
export function removeScratch(): void {
  if (own !== undefined) removeIfThere(own);
  own = undefined;
}

/** Removes what programs have made that have ended, and could not do it themselves. */
export function removeScratchOf(pids: ReadonlySet<number>): void {
  const folder = Deno.env.get("TMPDIR") || "/tmp";
  for (const name of namesIn(folder)) {
    if (pids.has(Number(NAMES.exec(name)?.[1] ?? 0))) removeIfThere(join(folder, name));
  }
}

/** None where there is no such folder, or it may not be read: then nothing was made in it. */
function namesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch {
    return [];
  }
}

/** Removes what was left by graders that are gone. */
function sweep(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = Number(NAMES.exec(name)?.[1] ?? 0);
    if (pid === 0 || pid === Deno.pid || isAlive(pid)) continue;
    try {
      const path = join(folder, name);
      const { isDirectory, mtime } = Deno.lstatSync(path);
      if (isDirectory && Date.now() - (mtime?.getTime() ?? 0) > YOUNG_MS) removeIfThere(path);
    } catch {
      // Another user's, or another grader sweeps too.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return Deno.statSync(`/proc/${pid}`).isDirectory;
  } catch {
    return false;
  }
}

/** Removes a file, or a folder with all that is in it. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : `${error}`).split("\n")[0];
}
