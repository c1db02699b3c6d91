/**
 * A program in a process group of its own, and the end of it: of the group, and of what left the
 * group (`setsid`, a double fork). Those are known by a variable in their environment that every
 * child inherits. A program that takes care to clear it escapes; bubblewrap holds that one too.
 */
import { existsSync } from "node:fs";
import { TargetError } from "./target_error.ts";

/** The variable by which whatever a program started is found again. */
export const MARK = "CONNFD_GRADED";
/** Looks for what was just forked, at most so often. */
const MOST_ROUNDS = 100;

/** Of Debian's util-linux: lets the kernel end a program when the one that started it is gone. */
const SETPRIV = "/usr/bin/setpriv";
const TIED = existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", "KILL"] : [];

/** A program to start. */
export interface Program {
  readonly command: readonly string[];
  /** Whether it ends when the grader is killed; where that can be had. */
  readonly tied: boolean;
  readonly cwd: URL;
  /** All the variables that it gets. */
  readonly env: Readonly<Record<string, string>>;
  /** "piped": what it writes is read. Default: it goes nowhere. */
  readonly stdout?: "piped" | "null";
}

/** A program that was started, and its mark. */
export interface Started {
  readonly child: Deno.ChildProcess;
  readonly mark: string;
}

/**
 * Starts a program with nothing of the grader's but an error output that the grader reads, and
 * standard output too where that is asked for.
 *
 * @throws TargetError when there is no such program, or it may not be run.
 */
export function startProgram({ command, tied, cwd, env, stdout = "null" }: Program): Started {
  const [program, ...args] = tied ? [...TIED, ...command] : command;
  const mark = `${Deno.pid}-${crypto.randomUUID()}`;
  try {
    const child = new Deno.Command(program, {
      args,
      cwd,
      env: { ...env, [MARK]: mark },
      clearEnv: true,
      stdin: "null",
      stdout,
      stderr: "piped",
      detached: true,
    }).spawn();
    return { child, mark };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new TargetError(`cannot be started: ${error.message}`);
  }
}

/** Ends the program's process group, at once; on Windows, which has none, the program alone. */
export function killGroup(pid: number): void {
  kill(Deno.build.os === "windows" ? pid : -pid);
}

/** Ends every process that has the mark, and what those forked meanwhile. */
export function killMarked(mark: string): void {
  const ended = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = processesWith(mark).filter((pid) => !ended.has(pid));
    if (found.length === 0) return;
    for (const pid of found) {
      kill(pid);
      ended.add(pid);
    }
  }
}

/** The processes that run with the mark, or one that begins so, in their environment. */
export function processesWith(mark: string): number[] {
  const pids = Array.from(Deno.readDirSync("/proc"), ({ name }) => Number(name));
  return pids.filter((pid) => pid > 0 && environOf(pid).includes(`${MARK}=${mark}`));
}

function environOf(pid: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`);
  } catch {
    // It has ended, or is another user's.
    return "";
  }
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof TypeError)) throw error;
  }
}
