/** WorkerPool: real threads behind one queue, and the event loop's side of it. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Request } from "../../models/parts/protocol.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
import { type Done, WorkerPool } from "../../models/parts/worker_pool.ts";

const PROGRAM = new URL("./pool_program.ts", import.meta.url).href;
const GRACE_MS = 20_000;

interface TestClient {
  readonly id: number;
}

function request(...words: string[]): Request {
  return { name: words[0].toUpperCase(), words: words.map((w) => new TextEncoder().encode(w)) };
}

/** A pool, and the replies that came so far, by client. */
function pool(workers: number) {
  const context = ServerContext.forMain("test", { workers }, {});
  const replies = new Map<number, string>();
  let wake = () => {};
  const onDone = ({ connection, reply }: Done<TestClient>) => {
    assert(!replies.has(connection.id), `client ${connection.id} got two replies`);
    replies.set(connection.id, new TextDecoder().decode(reply.bytes));
    wake();
  };
  const threads = new WorkerPool<TestClient>(PROGRAM, workers, context, onDone);
  const until = async (count: number) => {
    while (replies.size < count) await new Promise<void>((resolve) => wake = resolve);
  };
  return { context, replies, threads, until };
}

Deno.test("WorkerPool: 3000 requests get their own reply each, whichever of 4 workers did them", async () => {
  const { replies, threads, until } = pool(4);
  for (let id = 1; id <= 3000; id++) threads.submit({ id }, request("echo", `for ${id}`));
  await until(3000);
  for (let id = 1; id <= 3000; id++) {
    assertEquals(replies.get(id), `$${`for ${id}`.length}\r\nfor ${id}\r\n`);
  }
  await threads.close(GRACE_MS);
});

Deno.test("WorkerPool: a worker that blocks holds up no request while another is free", async () => {
  const { context, replies, threads, until } = pool(2);
  threads.submit({ id: 1 }, request("sleep", "60000"));
  for (let id = 2; id <= 300; id++) threads.submit({ id }, request("ping"));
  await until(299);
  assertEquals(replies.has(1), false);
  // Stopping the server lets the sleeper go, with its reply.
  context.state.stop();
  await until(300);
  assertEquals(replies.get(1), "+OK\r\n");
  await threads.close(GRACE_MS);
});

Deno.test("WorkerPool: closing it ends every worker, the idle ones as well", async () => {
  const { context, threads, until } = pool(3);
  threads.submit({ id: 1 }, request("ping"));
  await until(1);
  await threads.close(GRACE_MS);
  assertEquals(context.state.counters.threads, 1, "only the main thread is left");
});

Deno.test("WorkerPool: a number of workers that cannot be is refused", () => {
  const context = ServerContext.forMain("test", {}, {});
  for (const workers of [0, -1, 1.5, NaN, 100_000]) {
    assertThrows(() => new WorkerPool(PROGRAM, workers, context, () => {}), RangeError, "workers");
  }
});
