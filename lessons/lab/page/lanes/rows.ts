/** The rows of the lanes, top to bottom: threads, the kernel, clients. */
import type { ClientLane } from "../../lanes/client_lane.ts";
import type { KernelLane, KernelThread } from "../../lanes/kernel_lane.ts";
import type { ThreadLane } from "../../lanes/thread_lane.ts";
import type { Scene } from "./scene.ts";

/** A row. */
export type Row =
  & { readonly name: string }
  & (
    | { readonly kind: "thread"; readonly lane: ThreadLane }
    | { readonly kind: "kernel-thread"; readonly lane: KernelThread }
    | { readonly kind: "kernel"; readonly lane: KernelLane }
    | { readonly kind: "client"; readonly lane: ClientLane }
  );

/** Of a server's threads, as the kernel sees them, so many are shown: those that ran. */
const MOST_KERNEL_THREADS = 12;

/** The rows for the time that is shown: whoever was there. */
export function rowsOf(scene: Scene): Row[] {
  const { lanes, fromUs, toUs } = scene;
  const threads = [...lanes.threads.values()].filter(({ startedUs = 0, endedUs = Infinity }) =>
    endedUs >= fromUs && startedUs <= toUs
  );
  const clients = lanes.clients.filter(({ connectUs, acceptedUs = 0, endedUs, closedUs }) =>
    (connectUs ?? acceptedUs) <= toUs && (endedUs ?? closedUs ?? Infinity) >= fromUs
  ).toSorted((a, b) => a.number - b.number);
  return [
    ...threads.map((lane): Row => ({ kind: "thread", name: lane.name, lane })),
    ...kernelRows(scene),
    ...clients.map((lane): Row => ({ kind: "client", name: lane.name, lane })),
  ];
}

/** For a server without a trace: what the kernel tells of it. */
function kernelRows({ lanes: { kernel, hasTrace }, fromUs, toUs }: Scene): Row[] {
  if (hasTrace || kernel.points.length === 0) return [];
  const ran = [...kernel.threads.values()].filter(({ points, seenUs }) =>
    seenUs >= fromUs && points.some(({ us, runs }) => runs && us <= toUs)
  );
  return [
    ...ran.slice(0, MOST_KERNEL_THREADS).map((lane): Row => ({
      kind: "kernel-thread",
      name: `${lane.name} ${lane.tid}`,
      lane,
    })),
    { kind: "kernel", name: "accept queue", lane: kernel },
  ];
}

/** When the grader's steps were that belong to a row. */
export function stepsOn(row: Row, { lanes, fromUs, toUs }: Scene): number[] {
  if (row.kind !== "client") return [];
  return lanes.graderSteps.filter(({ client, us }) =>
    client === row.lane.number && us >= fromUs && us <= toUs
  ).map(({ us }) => us);
}
