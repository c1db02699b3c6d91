/** One server in a race: the same clients ask for the same, and what it took and cost is kept. */
import type { Lanes } from "../lanes/lanes.ts";
import type { RequestWay } from "../lanes/request_way.ts";
import type { Run } from "../run/run.ts";
import { mostAtOnce } from "../scenes/measures.ts";
import type { Costs } from "./cost_watch.ts";
import { type Entrant, type Heat, nameOf, runHeat } from "./heat.ts";
import { isScene, type Workload } from "./workload.ts";

/** How one did. */
export interface Racer {
  readonly name: string;
  /** What happened, with the trace that lanes are drawn from. */
  readonly lanes: Lanes;
  /** When the clients began to ask, on the clock of the lanes. */
  readonly startUs: number;
  /** When the last reply came, on the clock of the lanes; what is not answered counts until the end. */
  readonly endUs: number;
  /** The most requests that were in business at once; undefined: it has no trace. */
  readonly atOnce?: number;
  /** From the first request to the last reply; undefined: not all replies came. */
  readonly lastReplyUs?: number;
  /** Of each request that was answered, the shortest first. */
  readonly latenciesUs: readonly number[];
  /** Undefined where they are not to be seen. */
  readonly costs?: Costs;
  /** Why it could not go on to the end. */
  readonly trouble?: string;
}

/**
 * Has a server do the workload, and ends it. A lesson's does a mix twice: once with a trace, for the
 * lanes, and once without, since a trace costs time and memory. A scene is played once.
 *
 * @param onRun is told of each run before it begins: a Ctrl-C has to stop it.
 * @throws ServerFailed when it does not start.
 */
export async function race(
  entrant: Entrant,
  workload: Workload,
  onRun: (run: Run) => void,
): Promise<Racer> {
  const twice = !("command" in entrant) && !isScene(workload);
  const traced = await runHeat(entrant, workload, { traced: true, watched: !twice, onRun });
  const alone = { traced: false, watched: true, onRun };
  const plain = twice ? await runHeat(entrant, workload, alone) : traced;
  const { run: { lanes }, startUs } = traced;
  const replies = requestsOf(traced).map(({ replyUs = lanes.nowUs }) => replyUs);
  const business = requestsOf(traced).flatMap(({ startUs, finishUs = Infinity }) =>
    startUs === undefined ? [] : [{ fromUs: startUs, toUs: finishUs }]
  );
  return {
    name: nameOf(entrant),
    lanes,
    startUs,
    endUs: Math.max(startUs, ...replies),
    atOnce: lanes.hasTrace ? mostAtOnce(business) : undefined,
    costs: plain.costs,
    trouble: traced.trouble ?? plain.trouble,
    ...timesOf(plain),
  };
}

/** Without those by which connections were made warm. */
function requestsOf({ run: { lanes }, startUs }: Heat): RequestWay[] {
  return lanes.clients.flatMap(({ requests }) => requests)
    .filter(({ sentUs }) => sentUs !== undefined && sentUs >= startUs);
}

function timesOf(heat: Heat): Pick<Racer, "lastReplyUs" | "latenciesUs"> {
  const requests = requestsOf(heat);
  const firstUs = Math.min(...requests.map(({ sentUs = Infinity }) => sentUs));
  const replies = requests.flatMap(({ replyUs }) => replyUs ?? []);
  const latenciesUs = requests.flatMap(({ sentUs = 0, replyUs }) =>
    replyUs === undefined ? [] : [replyUs - sentUs]
  ).sort((a, b) => a - b);
  const isWhole = replies.length > 0 && replies.length === requests.length;
  return { latenciesUs, lastReplyUs: isWhole ? Math.max(...replies) - firstUs : undefined };
}
