/** What a place in the lanes means, in words. */
import { clientSpans, WAITING } from "../../lanes/client_spans.ts";
import type { QueuePoint } from "../../lanes/kernel_lane.ts";
import { reasonsFor } from "../../lanes/waits.ts";
import { stateText, waitSentence } from "../../lanes/words.ts";
import type { Scene } from "./scene.ts";
import type { Row } from "./rows.ts";

/** Who does what in a row at a time, and if it is a client that waits: for whom. */
export function wordsOf(row: Row, us: number, { lanes, toUs }: Scene): string {
  if (row.kind === "thread") {
    const span = row.lane.spanAt(us);
    const whom = span?.client === undefined ? "" : ` for ${span.client.name}`;
    return span === undefined ? "" : `${row.lane.name}: ${span.kind}${whom}`;
  }
  if (row.kind === "kernel-thread") return `${row.name}: ${row.lane.runsAt(us) ? "runs" : "waits"}`;
  if (row.kind === "kernel") return queueWords(row.lane.at(us));
  const whole = clientSpans(row.lane, toUs, us).find((span) => span.fromUs <= us && us < span.toUs);
  if (whole === undefined) return "";
  if (!WAITING.has(whole.state)) return `${row.lane.name}: ${stateText(whole)}`;
  const reasons = reasonsFor(lanes, row.lane, whole);
  return waitSentence({ client: row.lane, span: whole, reasons });
}

function queueWords(point: QueuePoint | undefined): string {
  if (point === undefined) return "";
  const { acceptQueue, unread, unsent } = point;
  return `The kernel: ${acceptQueue} to accept, ${unread} bytes unread, ${unsent} bytes unsent.`;
}
