/** Plays a scene on a run: act after act, each when the one before is done. */
import type { ClientLane } from "../lanes/client_lane.ts";
import { clientSpanAt, type ClientState } from "../lanes/client_spans.ts";
import type { Lanes } from "../lanes/lanes.ts";
import type { Act, Scene } from "../scenes/scene.ts";
import { resetInRequest } from "./resetting_client.ts";
import { NeverCame, type Run } from "./run.ts";

/** A flood: more than the buffers of a connection take. */
const FLOOD_TIMES = 60, FLOOD_BYTES = 500_000;

/** How a scene is played. */
export interface Pace {
  /** Multiplies the times that clients sleep and pause: more than 1 for a machine that is too busy. */
  readonly slowness: number;
  /** How long to wait for what is to come, in ms. */
  readonly patienceMs: number;
  /** Goes on without the pool when that is not whole in time: a wrong server may not have one. */
  readonly anyPool: boolean;
}

const USUAL_PACE: Pace = { slowness: 1, patienceMs: 20_000, anyPool: false };
/** A part of a request, of which the rest never comes. */
const HALF_A_REQUEST = "PIN";

/**
 * Plays the scene. Its clients are closed at the end, and the server goes on.
 *
 * @throws NeverCame when something that a scene waits for does not come.
 */
export async function play(scene: Scene, run: Run, pace: Partial<Pace> = {}): Promise<void> {
  const { slowness, patienceMs, anyPool } = { ...USUAL_PACE, ...pace };
  await poolOf(scene, run, patienceMs, anyPool);
  for (const act of scene.acts) await perform(slowed(act, slowness), run, patienceMs);
  await Promise.all([...run.clients.values()].map((client) => client.close()));
  await run.until(
    "the server closes its clients' connections",
    ({ clients }) => clients.every(({ acceptedUs, closedUs }) => !acceptedUs || closedUs),
    patienceMs,
  );
}

/** Waits until the pool is whole; with `anyPool` no longer than that. Throws `NeverCame`. */
export async function poolOf(
  { sizes = {} }: Pick<Scene, "sizes">,
  run: Run,
  patienceMs: number,
  anyPool: boolean,
): Promise<void> {
  const size = sizes.workers ?? sizes.threads ?? sizes.processes ?? 0;
  try {
    await run.until(`${size} threads are up`, (lanes) => threadsUp(lanes) >= size, patienceMs);
  } catch (error) {
    if (!anyPool || !(error instanceof NeverCame)) throw error;
  }
}

/** How many threads, or processes, have started; without a trace nobody can tell, and nobody waits. */
export function threadsUp({ threads, hasTrace }: Lanes): number {
  if (!hasTrace) return Infinity;
  return [...threads.values()].filter(({ startedUs }) => startedUs !== undefined).length;
}

function slowed(act: Act, slowness: number): Act {
  if (act[0] === "pause") return ["pause", act[1] * slowness];
  if (act[1] !== "sends") return act;
  const line = act[2].replace(/(?<=^SLEEP )\d+/, (ms) => String(Number(ms) * slowness));
  return [act[0], "sends", line];
}

/** Does one act. Throws `NeverCame`. */
export async function perform(act: Act, run: Run, patienceMs: number): Promise<void> {
  if (act[0] === "pause") return await new Promise((resolve) => setTimeout(resolve, act[1]));
  const [number, does, text = ""] = act;
  if (does === "resets") {
    const { server: { address }, clock, emit } = run;
    return await resetInRequest({ number, address, clock, emit }, HALF_A_REQUEST);
  }
  const client = run.clients.get(number) ?? run.client(number, does === "connects-deaf");
  const until = (what: string, holds: (client: ClientLane, lanes: Lanes) => boolean) =>
    run.until(`client ${number} ${what}`, (lanes) => {
      const lane = lanes.clients.find((one) => one.number === number);
      return lane !== undefined && holds(lane, lanes);
    }, patienceMs);
  switch (does) {
    case "connects":
    case "connects-deaf":
      return await client.connect();
    case "sends":
      return await client.send(text);
    case "sends-part":
      return await client.sendPart(text);
    case "floods":
      return client.flood(FLOOD_TIMES, FLOOD_BYTES);
    case "half-closes":
      return await client.halfClose();
    case "closes":
      return await client.close();
    case "loses-its-process":
      return run.killProcessOf(number);
    case "is-answered":
      return await until("has its replies", hasItsReplies);
    case "is":
      return await until(`is ${text}`, (lane, lanes) => isIn(lane, lanes, text as ClientState));
  }
}

function hasItsReplies({ requests, endedUs }: ClientLane): boolean {
  return endedUs !== undefined ||
    requests.every(({ sentUs, replyUs }) => sentUs === undefined || replyUs !== undefined);
}

function isIn(client: ClientLane, lanes: Lanes, state: ClientState): boolean {
  const now = clientSpanAt(client, lanes.nowUs)?.state;
  // Without a trace nobody tells what the server does with a request that it has read.
  return now === state || (state === "business" && now === "in-server");
}
