/**
 * Processes whose parent has ended: a server under test may fork twice, and its child is nobody's.
 * Linux gives such a child to the nearest ancestor that has said it wants them, a 'subreaper'
 * (prctl(2), PR_SET_CHILD_SUBREAPER); so nothing that a grader has started, or that its servers have,
 * ever leaves the tree below it. Neither a session of its own nor another environment changes that.
 *
 * The calls are libc's, by way of Deno's FFI, since neither Deno nor Node has them.
 */
const SET_PARENT_DEATH_SIGNAL = 1;
const SET_CHILD_SUBREAPER = 36;
const NO_HANG = 1;
const SIGCONT = 18;

const CALLS = {
  prctl: { parameters: ["i32", "u64", "u64", "u64", "u64"], result: "i32" },
  waitpid: { parameters: ["i32", "buffer", "i32"], result: "i32" },
} as const;

/** Undefined where there is no Linux, or no libc of that name. */
const libc = Deno.build.os === "linux" ? open() : undefined;

function open(): Deno.DynamicLibrary<typeof CALLS>["symbols"] | undefined {
  try {
    return Deno.dlopen("libc.so.6", CALLS).symbols;
  } catch {
    return undefined;
  }
}

/** From now on orphans below this process become its own children. */
export function adoptOrphans(): void {
  libc?.prctl(SET_CHILD_SUBREAPER, 1n, 0n, 0n, 0n);
}

/**
 * Calls when the parent has ended, however that ended, and at once when it has ended already. The
 * kernel tells it by SIGCONT: that also wakes a process which was stopped, by Ctrl-Z or by a server
 * that it grades.
 *
 * @param parent the parent's number, read before: another number by now means that it has ended.
 */
export function whenParentEnds(parent: number, ended: () => void): void {
  const look = () => Deno.ppid === parent || ended();
  if (libc !== undefined) {
    Deno.addSignalListener("SIGCONT", look);
    libc.prctl(SET_PARENT_DEATH_SIGNAL, BigInt(SIGCONT), 0n, 0n, 0n);
  }
  look();
}

/** Takes the exit code of an orphan that has ended, so that it does not stay behind as a zombie. */
export function reap(pid: number): void {
  libc?.waitpid(pid, null, NO_HANG);
}
