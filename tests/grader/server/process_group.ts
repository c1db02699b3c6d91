/** A program that is started in a process group of its own. */
import { existsSync } from "node:fs";
import { MARK, Offspring } from "./offspring.ts";
import { adoptOrphans } from "./orphans.ts";
import { TargetError } from "./target.ts";

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

/** A program that was started, and its processes. */
export interface Started {
  readonly child: Deno.ChildProcess;
  readonly offspring: Offspring;
}

/**
 * Starts a program with nothing of the grader's but an error output that the grader reads, and
 * standard output too where that is asked for.
 *
 * @throws TargetError when there is no such program, or it may not be run.
 */
export function startProgram({ command, tied, cwd, env, stdout = "null" }: Program): Started {
  const [program, ...args] = tied ? [...TIED, ...command] : command;
  const mark = crypto.randomUUID().replaceAll("-", "");
  adoptOrphans();
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
    return { child, offspring: new Offspring(child.pid, mark) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new TargetError(`cannot be started: ${error.message}`);
  }
}

/** Ends the program's process group, at once; on Windows, which has none, the program alone. */
export function killGroup(pid: number): void {
  try {
    Deno.kill(Deno.build.os === "windows" ? pid : -pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof TypeError)) throw error;
  }
}
