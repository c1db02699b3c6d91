/** Bars of what samples of the kernel tell: threads that run, and the length of the accept queue. */
import type { KernelLane, KernelThread } from "../../lanes/kernel_lane.ts";
import type { Scene } from "./scene.ts";
import { type Bar, clientLooks } from "./palette.ts";

/** The accept queue is drawn at its full height from this length on. */
const FULL_QUEUE = 8;

/** When a thread ran, and when it waited. */
export function kernelThreadBars({ points, seenUs }: KernelThread, scene: Scene): Bar[] {
  const looks = clientLooks(scene.dark);
  return stretches(points, Math.min(seenUs, scene.toUs), scene.fromUs).map(
    ({ point: { runs }, ...times }) => ({
      ...times,
      look: runs ? looks.business : looks.idle,
      sign: "",
    }),
  );
}

/** How long the accept queue was: its length stands in the bar. */
export function kernelBars({ points }: KernelLane, scene: Scene): Bar[] {
  const { accept, toUs, fromUs } = {
    ...scene,
    accept: clientLooks(scene.dark)["accept-queue"],
    toUs: Math.min(scene.toUs, scene.lanes.nowUs),
  };
  return stretches(points, toUs, fromUs).filter(({ point }) => point.acceptQueue > 0).map(
    ({ point: { acceptQueue }, ...times }) => ({
      ...times,
      look: { ...accept, height: 0.3 + 0.7 * Math.min(1, acceptQueue / FULL_QUEUE) },
      sign: String(acceptQueue),
    }),
  );
}

/** Each point lasts until the next. */
function stretches<T extends { readonly us: number }>(
  points: readonly T[],
  toUs: number,
  fromUs: number,
): { readonly point: T; readonly fromUs: number; readonly toUs: number }[] {
  return points.map((point, at) => ({ point, fromUs: point.us, toUs: points[at + 1]?.us ?? toUs }))
    .filter((one) => one.toUs > fromUs && one.fromUs < toUs);
}
