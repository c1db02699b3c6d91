/** Ctrl-C, SIGTERM and a closed terminal: nothing that the grader has started goes on without it. */
import { processTree } from "./proc.ts";

/** The exit codes are those of a shell: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** A process that is ended may have just started another. */
const ROUNDS = 3;

/** Ends every process that this one has started, with all that those have started. */
export function endChildren(): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (const pid of processTree(Deno.pid).slice(1)) {
      try {
        Deno.kill(pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
  }
}

/**
 * From now on a signal ends the program and what it has started.
 *
 * @param cleanUp what is to be put in order before, such as files that nobody needs any more.
 */
export function endOnSignal(cleanUp: () => void): void {
  for (const [signal, code] of Object.entries(SIGNALS)) {
    // Windows has no such signal, and Deno refuses it there.
    if (Deno.build.os === "windows" && signal === "SIGTERM") continue;
    Deno.addSignalListener(signal as keyof typeof SIGNALS, () => {
      endChildren();
      cleanUp();
      Deno.exit(code);
    });
  }
}
