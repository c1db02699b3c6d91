/** Two threads add to one counter in shared memory: without Atomics.add, updates are lost. */
import { type Adding, addMany, TIMES } from "./shared_counter_thread.ts";

/** Lets this thread and a second one add at the same time. Returns what the counter ends at. */
async function race(adding: Adding): Promise<number> {
  const cells = new Int32Array(new SharedArrayBuffer(8));
  const url = new URL("./shared_counter_thread.ts", import.meta.url);
  const thread = new Worker(url, { type: "module" });
  const { promise: done, resolve } = Promise.withResolvers<void>();
  thread.onmessage = () => resolve();
  thread.postMessage({ adding, cells });
  addMany(adding, cells);
  await done;
  thread.terminate();
  return cells[0];
}

console.log(`two threads, each adds 1 to the same counter ${TIMES} times`);
for (const adding of ["load, add, store", "Atomics.add"] as const) {
  const count = await race(adding);
  console.log(`${adding}: ${count}, lost ${2 * TIMES - count}`);
}
