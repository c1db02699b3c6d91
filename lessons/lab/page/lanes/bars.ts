/** The bars of a row: one for each span, or, where spans are thinner than pixels, what each pixel shows. */
import { firstPosition, lastAt } from "../../lanes/by_time.ts";
import type { ClientLane } from "../../lanes/client_lane.ts";
import { type ClientSpan, clientSpanAt, clientSpans, overUs } from "../../lanes/client_spans.ts";
import type { ThreadLane, ThreadSpan } from "../../lanes/thread_lane.ts";
import { type Bar, clientLooks, threadLooks } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { kernelBars, kernelThreadBars } from "./kernel_bars.ts";
import type { Row } from "./rows.ts";

/** With more spans than that to a pixel, pixels are looked at and not spans. */
const MOST_SPANS_A_PIXEL = 1;
/** Of a request that is not idle before: unread, queued, business, unwritten, replying. */
const SPANS_A_REQUEST = 5;
/** Pixels that are one bar then: more detail is noise to the eye, and takes the browser long to fill. */
const SAMPLE_PX = 4;

/** The bars of a row in the time that is shown. */
export function barsOf(row: Row, scene: Scene): Bar[] {
  switch (row.kind) {
    case "thread":
      return threadBars(row.lane, scene);
    case "kernel-thread":
      return kernelThreadBars(row.lane, scene);
    case "kernel":
      return kernelBars(row.lane, scene);
    case "client":
      return clientBars(row.lane, scene);
  }
}

function clientBars(lane: ClientLane, scene: Scene): Bar[] {
  const { fromUs, widthPx, lanes, dark } = scene;
  const toUs = Math.min(scene.toUs, lanes.nowUs + 1);
  const looks = clientLooks(dark);
  const { requests } = lane;
  const before = (us: number) => firstPosition(requests.length, (n) => overUs(requests[n]) > us);
  const bar = (span: ClientSpan): Bar => ({
    ...span,
    look: looks[span.state],
    sign: looks[span.state].sign,
  });
  const spans = (before(toUs) - before(fromUs)) * SPANS_A_REQUEST;
  return spans > widthPx * MOST_SPANS_A_PIXEL
    ? sampled(scene, toUs, (us) => clientSpanAt(lane, us), bar)
    : clientSpans(lane, toUs, fromUs).map(bar);
}

function threadBars(lane: ThreadLane, scene: Scene): Bar[] {
  const { fromUs, widthPx, lanes, dark } = scene;
  const toUs = Math.min(scene.toUs, lanes.nowUs + 1);
  const looks = threadLooks(dark);
  const bar = (span: ThreadSpan): Bar => ({
    ...span,
    look: looks[span.kind],
    sign: span.kind === "business" ? String(span.client?.number || "") : looks[span.kind].sign,
  });
  const { steps } = lane;
  return lastAt(steps, toUs) - lastAt(steps, fromUs) > widthPx * MOST_SPANS_A_PIXEL
    ? sampled(scene, toUs, (us) => lane.spanAt(us), bar)
    : lane.spans(fromUs, toUs).map(bar);
}

/** What is there at every few pixels; neighbours of the same look become one bar. */
function sampled<T>(
  { fromUs, toUs: endUs, widthPx }: Scene,
  toUs: number,
  spanAt: (us: number) => T | undefined,
  barOf: (span: T) => Bar,
): Bar[] {
  const bars: Bar[] = [];
  const stepUs = (endUs - fromUs) / widthPx * SAMPLE_PX;
  for (let us = fromUs; us < toUs; us += stepUs) {
    const span = spanAt(us);
    if (span === undefined) continue;
    const bar = { ...barOf(span), sign: "", fromUs: us, toUs: us + stepUs };
    const last = bars.at(-1);
    if (last?.look === bar.look && us - last.toUs < stepUs / 2) {
      bars[bars.length - 1] = { ...last, toUs: bar.toUs };
    } else bars.push(bar);
  }
  return bars;
}
