/** A thread of trace_ring_test.ts: takes what there is, says it, and sleeps until there is more. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { TraceRing } from "../../../models/parts/server/trace_ring.ts";

self.onmessage = ({ data: { memory, restMs } }) => {
  const ring = new TraceRing(memory);
  const decoder = new TextDecoder();
  for (;;) {
    const { ended } = ring;
    const lines: string[] = [];
    for (let line = ring.take(); line !== undefined; line = ring.take()) {
      lines.push(decoder.decode(line));
    }
    if (lines.length > 0) self.postMessage(lines);
    else if (ended) break;
    if (lines.length > 0 && restMs > 0) ring.rest(restMs);
    else if (!ended) ring.wait();
  }
  self.postMessage("ended");
};
