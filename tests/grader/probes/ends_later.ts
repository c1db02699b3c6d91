/** Threads that have ended for the program, and not yet for the system. */
import type { Experiment } from "../experiment/experiment.ts";
import type { ThreadSample } from "../server/proc.ts";
import type { RunningServer } from "../server/running_server.ts";
import { connectServed } from "./served_or_held.ts";
import { counted, newThreads } from "./thread_count.ts";

/** Some runtimes keep a thread that has ended for some seconds, and let the next one have it. */
export async function endsLater(
  t: Experiment,
  server: RunningServer,
  atFirst: readonly ThreadSample[],
  own: number,
): Promise<string> {
  const [one] = await connectServed(t, server, 1);
  const kept = newThreads(server, atFirst).length;
  one.close();
  const gone = () => newThreads(server, atFirst).length < kept;
  const seen = `5 short connections had ${counted(own, "thread")} of their own`;
  t.expect(
    kept > 0 && (await t.until(server, gone) || await t.until(server, gone)),
    seen,
    "A thread ends with its connection, and the next connection gets a new one.",
  );
  return `${seen}, since the runtime keeps an ended one for a while; then it is gone`;
}
