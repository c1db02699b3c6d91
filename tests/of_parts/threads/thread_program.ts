/** What the threads of the tests run. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { threadMain } from "../../../models/parts/thread.ts";

/** What a thread is to do. */
export type Task =
  /** Returns at once. */
  | { does: "return" }
  /** Fails at once. */
  | { does: "throw" }
  /** Counts `cell[0]` up and sleeps for a minute, or until the server stops. */
  | { does: "sleep"; cell: Int32Array<SharedArrayBuffer> }
  /** Counts commands, when as many threads as it was told have come so far. */
  | { does: "count"; times: number; threads: number; cell: Int32Array<SharedArrayBuffer> }
  /** Returns after so many amounts; their sum is in `cell[0]`. */
  | { does: "receive"; messages: number; cell: Int32Array<SharedArrayBuffer> }
  /** Waits for a message that doesn't come. */
  | { does: "wait" };

/** What such a thread is posted. */
export interface Amount {
  kind: "amount";
  amount: number;
}

threadMain<Task, Amount>(import.meta, async ({ state }, task, onMessage) => {
  switch (task.does) {
    case "throw":
      throw new Error("made to fail by the test");
    case "sleep":
      Atomics.add(task.cell, 0, 1);
      return state.sleep(60_000);
    case "count":
      Atomics.add(task.cell, 0, 1);
      while (Atomics.load(task.cell, 0) < task.threads);
      for (let i = 0; i < task.times; i++) state.commandRun();
      return;
    case "wait":
      return await new Promise<void>(() => onMessage(() => {}));
    case "receive": {
      const all = Promise.withResolvers<void>();
      let left = task.messages;
      onMessage(({ amount }) => {
        Atomics.add(task.cell, 0, amount);
        if (--left === 0) all.resolve();
      });
      return await all.promise;
    }
  }
});
