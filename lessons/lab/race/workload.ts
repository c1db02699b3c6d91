/** What all servers of a race are asked for, and how clients ask. */
import type { Lesson } from "../../catalogue.ts";
import type { ClientLane } from "../lanes/client_lane.ts";
import type { Lanes } from "../lanes/lanes.ts";
import type { LabClient } from "../run/lab_client.ts";
import { play } from "../run/play.ts";
import { NeverCame, type Run } from "../run/run.ts";
import { range, type Scene } from "../scenes/scene.ts";

/** One's own mix: all clients ask at the same moment. */
export interface Mix {
  readonly clients: number;
  /** The requests; the clients begin with one each, in turn. */
  readonly lines: readonly string[];
  /** How often each client asks, each time when it has its reply. */
  readonly times: number;
}

/** A mix, or a scene of a lesson, which a model may not get to the end of. */
export type Workload = Mix | Scene;

/** So long a server has for all replies; for a scene, for each thing that it waits for. */
const PATIENCE_MS = 60_000, SCENE_PATIENCE_MS = 5000;
/** A server of which nobody knows how many it serves: who is not served by then has others before it. */
const WARM_MS = 3000;

/** The requests in a line such as `SLEEP 150; PING`. */
export function linesIn(typed: string): string[] {
  return typed.split(";").map((line) => line.trim()).filter((line) => line !== "");
}

/** Whether it is a scene. */
export function isScene(workload: Workload): workload is Scene {
  return "acts" in workload;
}

/**
 * Has clients ask for all of it.
 *
 * @param lesson the server's; undefined: it is not known.
 * @param onStart is called when the clients begin to ask.
 * @throws NeverCame when something does not come.
 */
export async function ask(
  run: Run,
  workload: Workload,
  lesson: Lesson | undefined,
  onStart: () => void,
): Promise<void> {
  if (isScene(workload)) {
    onStart();
    return await play(workload, run, { patienceMs: SCENE_PATIENCE_MS });
  }
  const { clients: count, lines, times } = workload;
  const clients = range(1, count).map((number) => run.client(number));
  // What a new connection costs is not in it, as in `deno task compare`.
  let warm = lesson?.serial !== true;
  const patienceMs = lesson === undefined ? WARM_MS : PATIENCE_MS;
  for (const client of clients) {
    await client.connect();
    if (warm) warm = await served(run, client, patienceMs);
  }
  onStart();
  await Promise.all(clients.map(async (client, at) => {
    for (let n = 0; n < times; n++) {
      await client.send(lines[(at + n) % lines.length]);
      await answered(run, client, PATIENCE_MS);
    }
    // For a server that serves one client after the other.
    await client.close();
  }));
}

/** Whether a client is served while those before it are connected. */
async function served(run: Run, client: LabClient, patienceMs: number): Promise<boolean> {
  await client.send("PING");
  try {
    await answered(run, client, patienceMs);
    return true;
  } catch (error) {
    if (error instanceof NeverCame) return false;
    throw error;
  }
}

async function answered(run: Run, client: LabClient, patienceMs: number): Promise<void> {
  const { number } = client.options;
  const isDone = ({ clients }: Lanes) => {
    const lane = clients.find((one) => one.number === number);
    return lane?.endedUs !== undefined || (lane !== undefined && hasReply(lane));
  };
  await run.until(`client ${number} has its reply`, isDone, patienceMs);
}

function hasReply({ requests }: ClientLane): boolean {
  return requests.at(-1)?.replyUs !== undefined;
}
