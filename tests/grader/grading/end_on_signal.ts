/** Ctrl-C, Ctrl-\, SIGTERM and a closed terminal: nothing that the grader has started goes on without it. */
import { endTypedLine } from "../../../lessons/tools/screen.ts";
import { processTree } from "../server/proc.ts";
import { removeScratch, removeScratchOf } from "../submission/scratch.ts";

/** The exit codes are those of a shell: 128 and the signal's number. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 } as const;
/** Those of them that there are: Windows has Ctrl-C alone. */
export const ENDING_SIGNALS: readonly (keyof typeof CODES)[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
/** A process that is ended may have just started another. */
const MOST_ROUNDS = 100;

/**
 * Ends every process that this one has started, with all that those have started, orphans too, and
 * removes what graders among them have copied.
 */
export function endChildren(): void {
  const ended = new Set<number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = processTree(Deno.pid).slice(1).filter((pid) => !ended.has(pid));
    if (found.length === 0) break;
    for (const pid of found) {
      ended.add(pid);
      try {
        Deno.kill(pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
  }
  removeScratchOf(ended);
}

/** Ends the program, and all that it has started and copied. */
export function end(code: number): never {
  endChildren();
  removeScratch();
  Deno.exit(code);
}

/** From now on a signal ends the program and what it has started. */
export function endOnSignal(): void {
  for (const signal of ENDING_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      endTypedLine(signal);
      end(CODES[signal]);
    });
  }
}

/**
 * From now on the first signal asks the program to come to an end, and says what it found out until
 * then; after `graceMs` it is ended in any case.
 *
 * @param asked is told; the program's exit code is to be the one that it gets.
 */
export function askOnSignal(asked: (code: number) => void, graceMs: number): void {
  let first = true;
  for (const signal of ENDING_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      // The keeper passes on what the terminal has sent to both.
      if (!first) return;
      first = false;
      endTypedLine(signal);
      setTimeout(() => end(CODES[signal]), graceMs);
      asked(CODES[signal]);
    });
  }
}
