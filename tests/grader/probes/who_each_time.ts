/** Who deals with a client, by the kernel's count of bytes, or else by CPU time in several looks. */
import type { Experiment } from "../experiment/experiment.ts";
import type { ThreadUse } from "../server/thread_use.ts";
import { leastOf, standsOut, whoStandsOut } from "./who_did_it.ts";

/** CPU time below which a thread did not deal with so many bytes. */
const SOME_NS = 15_000;
const TRIES = 4;
/** Looks before anybody is named by CPU time: once, a compiler or a collector may use more than who serves. */
const LOOKS_AT_LEAST = 2;

/** What each thread used, and who it was by the kernel's count of bytes, where that tells. */
export interface Look {
  readonly uses: ThreadUse[];
  readonly sure?: number;
}

/**
 * Who read: when the kernel's count says nothing, the thread that stands out when each is given the least
 * CPU time that it ever used: who reads from a client does so each time, while a collector or a compiler,
 * which may use more, has something to do only now and then.
 *
 * @param ask has the same done once more.
 */
export async function whoEachTime(
  t: Experiment,
  what: string,
  ask: () => Promise<Look>,
): Promise<number> {
  let least: ThreadUse[] | undefined;
  return recorded(
    t,
    what,
    await whoStandsOut(TRIES, async (time) => {
      const look = await ask();
      const { uses } = look;
      least = least === undefined ? uses : leastOf(least, uses);
      return surely(look) ?? (time < LOOKS_AT_LEAST ? undefined : standsOut(least, SOME_NS));
    }),
  );
}

/**
 * Who wrote: the thread that stands out in two looks. Each look by itself, since in a pool it may be
 * another worker every time; then it is the last one that was seen.
 */
export async function whoTwice(
  t: Experiment,
  what: string,
  ask: () => Promise<Look>,
): Promise<number> {
  const seen: ThreadUse[] = [];
  return recorded(
    t,
    what,
    await whoStandsOut(TRIES, async (time) => {
      const look = await ask();
      const one = surely(look);
      if (one !== undefined) return one;
      const out = standsOut(look.uses, SOME_NS);
      if (out === undefined) return undefined;
      const again = seen.some(({ thread }) => thread.tid === out.thread.tid);
      seen.push(out);
      return again || time === TRIES ? out : undefined;
    }),
  );
}

/** The thread that did it by the kernel's count. */
function surely({ uses, sure }: Look): ThreadUse | undefined {
  return uses.find(({ thread }) => thread.tid === sure);
}

/** Takes down who did what. Returns the thread's number. */
function recorded(t: Experiment, what: string, { thread: { tid, name }, used }: ThreadUse): number {
  t.record(`thread ${tid}`, `(${name}) ${what}: ${(used / 1e6).toFixed(2)} ms of CPU`);
  return tid;
}
