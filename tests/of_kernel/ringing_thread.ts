/** A thread that rings, waits until it was heard, and rings again. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { Doorbell } from "../../models/parts/kernel/doorbell.ts";

self.onmessage = ({ data }) => {
  const bell = new Doorbell(data.bell);
  const answers: Int32Array<SharedArrayBuffer> = data.answers;
  for (let round = 1; round <= 2000; round++) {
    Atomics.store(answers, 0, round);
    bell.ring();
    while (Atomics.load(answers, 1) < round) Atomics.wait(answers, 1, round - 1, 10_000);
  }
  self.close();
};
