/** The second thread of shared_counter.ts, and what both threads do. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
export type Adding = "load, add, store" | "Atomics.add";
export const TIMES = 1000;
const COUNTER = 0, MET = 1;

/** Waits until both threads have called it `times` times. */
function meet(cells: Int32Array, times: number): void {
  const met = Atomics.add(cells, MET, 1) + 1;
  if (met === 2 * times) Atomics.notify(cells, MET);
  for (let seen = met; seen < 2 * times; seen = Atomics.load(cells, MET)) {
    Atomics.wait(cells, MET, seen);
  }
}

/** Adds 1 to the counter TIMES times. The threads meet where it hurts: between load and store. */
export function addMany(adding: Adding, cells: Int32Array): void {
  for (let i = 0; i < TIMES; i++) {
    const loaded = cells[COUNTER];
    meet(cells, 2 * i + 1);
    if (adding === "load, add, store") cells[COUNTER] = loaded + 1;
    else Atomics.add(cells, COUNTER, 1);
    meet(cells, 2 * i + 2);
  }
}

if (import.meta.main) {
  self.onmessage = ({ data }) => {
    addMany(data.adding, data.cells);
    self.postMessage("done");
  };
}
