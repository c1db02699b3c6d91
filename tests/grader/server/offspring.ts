/**
 * The processes of one server: what it has started, and what those have, also when they have left its
 * tree. A child that was forked twice is an orphan, and becomes a child of this process (see
 * `orphans.ts`). Whose it is, is known by any of:
 *
 *   it was seen in the server's tree before;
 *   it is in a session or process group of such a one;
 *   it has inherited the mark, a variable in its environment.
 *
 * Who forks twice between two looks, takes a session of its own and clears its environment is known
 * by none. It ends with the grading: it never leaves the tree below the grader.
 */
import { alive, childrenOf, groupAndSession, processTree } from "./proc.ts";
import { reap } from "./orphans.ts";
import { text } from "../../../lessons/lab/sample/proc_files.ts";

/**
 * The mark's name: one that systemd gives each service, with as many digits. So a server cannot tell
 * by it that it is graded.
 */
export const MARK = "INVOCATION_ID";
/** Looks for what was just forked, at most so often. */
const MOST_ROUNDS = 100;

/** The processes of a server that was started. */
export class Offspring {
  /** Numbers of processes, groups and sessions. */
  readonly #seen = new Set<number>();
  /** Children of this process that are known not to be the server's. */
  readonly #others = new Set<number>();

  /**
   * @param pid the server's first process, which leads a group of its own.
   * @param mark what it has in its environment, if anything.
   */
  constructor(readonly pid: number, readonly mark?: string) {
    this.#seen.add(pid);
  }

  /** All that live, the first one first. To be asked now and then: what is seen once is remembered. */
  pids(): number[] {
    const found = [...new Set([this.pid, ...this.#orphans()].flatMap(processTree))];
    for (const pid of found) {
      this.#seen.add(pid);
      const { group, session } = groupAndSession(pid);
      // A group that was there before the server is the grader's.
      if (group === pid) this.#seen.add(group);
      if (session === pid) this.#seen.add(session);
    }
    return found;
  }

  #orphans(): number[] {
    return childrenOf(Deno.pid).filter((pid) =>
      pid !== this.pid && !this.#others.has(pid) && this.#isOurs(pid)
    );
  }

  #isOurs(pid: number): boolean {
    const { group, session } = groupAndSession(pid);
    if ([pid, group, session].some((number) => this.#seen.has(number))) return true;
    const environment = this.mark === undefined ? "" : text(`/proc/${pid}/environ`);
    if (environment.includes(`${MARK}=${this.mark}`)) return true;
    this.#others.add(pid);
    return false;
  }

  /** Ends them all, and what they fork meanwhile. */
  kill(): void {
    const ended = new Set<number>();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const found = this.pids().filter((pid) => !ended.has(pid));
      if (found.length === 0) break;
      for (const pid of found) {
        kill(pid);
        ended.add(pid);
      }
    }
    // Those too that ended by themselves, and came here since nobody had waited for them.
    for (const pid of new Set([...ended, ...this.#orphans()])) if (pid !== this.pid) reap(pid);
  }

  /** Those that have not ended. */
  get alive(): number[] {
    return this.pids().filter(alive);
  }
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
