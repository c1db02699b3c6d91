/** Which thread will end a wait that has not ended. */
import type { ClientLane } from "./client_lane.ts";
import type { ClientSpan } from "./client_spans.ts";
import type { Lanes } from "./lanes.ts";
import type { ThreadLane } from "./thread_lane.ts";

/** The threads of which one will end a wait that has not ended; none when that cannot be known. */
export function whoWillEnd(
  lanes: Lanes,
  client: ClientLane,
  { state, way }: ClientSpan,
): ThreadLane[] {
  const alive = [...lanes.threads.values()].filter(({ endedUs }) => endedUs === undefined);
  const called = (name: string | undefined) => alive.filter((thread) => thread.name === name);
  if (state === "accept-queue") return alive.filter(({ did }) => did.has("accept"));
  if (state === "queued") {
    const [reader] = called(way?.readBy);
    if (reader?.did.has("start")) return [reader];
    const working = alive.filter(({ did }) => did.has("start"));
    const workers = working.filter(({ did }) => !did.has("read"));
    // Without workers, who had to queue gets a thread when one of the others has ended.
    return workers.length === 0 && way?.queuedUs !== undefined ? working : workers;
  }
  if (state !== "unread") return [];
  const before = client.requests.findLast(({ noticedBy }) => noticedBy !== undefined);
  const holders = called(before?.noticedBy ?? client.givenTo ?? client.acceptedBy);
  return holders.filter(({ did }) => did.has("read"));
}

/** Nobody who lives begins the business of others' requests: a thread is being started for this one. */
export function awaitsOwnThread({ threads }: Lanes, { state, way }: ClientSpan): boolean {
  return state === "queued" && way?.readBy !== undefined &&
    [...threads.values()].every(({ name, startedUs, endedUs, did }) =>
      name === way.readBy
        ? !did.has("start")
        : startedUs === undefined || endedUs !== undefined || did.has("read")
    );
}
