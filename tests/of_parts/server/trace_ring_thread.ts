/** A thread of trace_ring_test.ts: pushes lines as fast as it can. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { TraceRing } from "../../../models/parts/server/trace_ring.ts";

self.onmessage = ({ data: { memory, number, each } }) => {
  const ring = new TraceRing(memory);
  for (let i = 0; i < each; i++) {
    ring.push(`${number}:${i} ${"x".repeat(i % 300)}`);
  }
  self.postMessage("done");
};
