/** A run that was saved, as text: its lanes, and the longest waits. */
import type { SavedRun } from "./save/run_file.ts";
import { lanesOf } from "./save/run_file.ts";
import { drawLanes, legend } from "./screen/draw.ts";
import { columnsOfOutput } from "./screen/width.ts";
import { wrap } from "./screen/wrap.ts";
import { type Wait, waitsOf } from "./lanes/waits.ts";
import { waitSentence } from "./lanes/words.ts";

/** So many waits are told. */
const MOST_WAITS = 10;

/** The text, whole lines. */
export function showRun({ lesson, events }: SavedRun): string {
  const columns = columnsOfOutput();
  const lanes = lanesOf(events);
  const waits = lanes.clients.flatMap((client) => waitsOf(lanes, client, lanes.nowUs))
    .filter(({ reasons }) => reasons.length > 0).sort((a, b) => timeOf(b) - timeOf(a));
  const lines = [
    ...lesson === undefined ? [] : [`Lesson ${lesson}`, ""],
    ...legend(columns),
    "",
    ...drawLanes(lanes, columns),
    "",
    ...waits.slice(0, MOST_WAITS).flatMap((wait) => wrap(waitSentence(wait), columns)),
  ];
  return `${lines.join("\n")}\n`;
}

function timeOf({ span }: Wait): number {
  return span.toUs - span.fromUs;
}
