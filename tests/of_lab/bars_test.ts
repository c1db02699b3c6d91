/** What is drawn of a long run: never more bars than a screen has pixels. */
import { assert } from "@std/assert";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { barsOf } from "../../lessons/lab/page/lanes/bars.ts";
import { rowsOf } from "../../lessons/lab/page/lanes/rows.ts";
import type { Scene } from "../../lessons/lab/page/lanes/scene.ts";
import { lanesOf } from "../../lessons/lab/save/run_file.ts";
import { manyEvents } from "../bench/many_events.ts";

const WIDTH_PX = 100;
/** What the server tells of 200 clients: of each 50 requests, in four states or more. */
const SERVER = manyEvents(50_000);

/** The most bars of a row, when all of the run is shown. */
function mostBars(events: readonly LabEvent[]): number {
  const lanes = lanesOf(events);
  const scene: Scene = {
    lanes,
    fromUs: 0,
    toUs: lanes.nowUs,
    widthPx: WIDTH_PX,
    seenPx: { top: 0, bottom: 500 },
    dark: false,
  };
  return Math.max(...rowsOf(scene).map((row) => barsOf(row, scene).length));
}

Deno.test("bars: a long run of which only the server told has no more in a row than pixels", () => {
  const most = mostBars(SERVER);
  assert(most <= WIDTH_PX, `${most} bars`);
});

Deno.test("bars: a long run of which the clients told, too, has no more in a row than pixels", () => {
  const events = SERVER.flatMap((one): LabEvent[] => {
    const client = one.connection;
    const own = { source: "client", client } as const;
    if (one.event === "accept") {
      const port = Number(one.detail.split(":").at(-1));
      return [{ ...own, us: one.us - 1, event: "connected", port }, one];
    }
    if (one.event === "read") return [{ ...own, us: one.us - 1, event: "send" }, one];
    return one.event === "write" ? [one, { ...own, us: one.us + 1, event: "reply" }] : [one];
  });
  const most = mostBars(events);
  assert(most <= WIDTH_PX, `${most} bars`);
});
