/** What the tests of both ways of handing over share. */
import { listenForHandover } from "../../../models/parts/handover.ts";
import type { HandoverWay } from "../../../models/parts/options.ts";
import type { Parcel } from "../../../models/parts/sockets/parcel.ts";
import { startThread, type Thread } from "../../../models/parts/thread.ts";
import { CELLS, type HandoverTask } from "./handover_thread.ts";
import { connect, newContext, within } from "../helpers.ts";

const PROGRAM = new URL("handover_thread.ts", import.meta.url).href;
/** Where the tests listen. */
export const ANY_PORT = { hostname: "127.0.0.1", port: 0 };
const WINDOWS = Deno.build.os === "windows";
const WAYS: HandoverWay[] = WINDOWS ? ["stream"] : ["descriptor", "stream"];

/** A connection that is in a thread's hands. */
export interface HandedOver {
  readonly client: Deno.TcpConn;
  readonly thread: Thread;
  readonly cells: Int32Array<SharedArrayBuffer>;
  readonly parcel: Parcel;
}

/** A client whose connection was handed to a thread. `end()` reclaims, when the thread has ended. */
export async function handOver(way: HandoverWay, does: HandoverTask["does"]) {
  const listener = listenForHandover(ANY_PORT, way);
  const client = await connect(listener.addr);
  const socket = await within(listener.accept(), "the connection");
  listener.close();
  return { client, ...startHandover(socket.handOver(), does) };
}

/** Starts a thread that gets the parcel. */
export function startHandover(
  parcel: Parcel,
  does: HandoverTask["does"],
): Omit<HandedOver, "client"> {
  const cells = new Int32Array(new SharedArrayBuffer(4 * CELLS));
  const task: HandoverTask = { message: parcel.message, does, cells };
  const thread = startThread(PROGRAM, "thread-1", newContext(), task, {
    transfer: parcel.transfer,
  });
  return { thread, cells, parcel };
}

/** Waits for the thread, and closes both ends. */
export async function end({ client, thread, parcel }: HandedOver): Promise<void> {
  await within(thread.exited, "the thread's end");
  parcel.reclaim();
  client.close();
}

/** A test of each way that this platform has. */
export function test(name: string, body: (way: HandoverWay) => Promise<void>): void {
  for (const way of WAYS) Deno.test(`handover, ${way} way: ${name}`, () => body(way));
}
