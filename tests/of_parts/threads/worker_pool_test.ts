/** WorkerPool: real threads behind one queue, and the event loop's side of it. */
import { assert, assertEquals } from "@std/assert";
import { Connection } from "../../../models/parts/connection.ts";
import type { Request } from "../../../models/parts/protocol/protocol.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";
import { type Done, WorkerPool } from "../../../models/parts/worker_pool.ts";
import { MemoryStream } from "../fakes.ts";

const PROGRAM = new URL("./pool_program.ts", import.meta.url).href;
const GRACE_MS = 20_000;

/** The connection of a client that nothing is heard from: the test asks in its place. */
function client(id: number): Connection {
  return new Connection(new MemoryStream(), { id, idleTimeoutMs: 0 });
}

function request(...words: string[]): Request {
  return { name: words[0].toUpperCase(), words: words.map((w) => new TextEncoder().encode(w)) };
}

/** A pool, and by client the replies that came so far, and how many requests each answers. */
function pool(workers: number) {
  const context = ServerContext.forMain("test", { workers }, {});
  const replies = new Map<number, string>();
  const counts = new Map<number, number | undefined>();
  let wake = () => {};
  const onDone = ({ connection, reply }: Done) => {
    assert(!replies.has(connection.id), `client ${connection.id} got two replies`);
    replies.set(connection.id, new TextDecoder().decode(reply.bytes));
    counts.set(connection.id, reply.answers);
    wake();
  };
  const threads = new WorkerPool(PROGRAM, workers, context, onDone);
  const until = async (count: number) => {
    while (replies.size < count) await new Promise<void>((resolve) => wake = resolve);
  };
  return { context, replies, counts, threads, until };
}

Deno.test("WorkerPool: 3000 requests get their own reply each, whichever of 4 workers did them", async () => {
  const { replies, threads, until } = pool(4);
  for (let id = 1; id <= 3000; id++) threads.submit(client(id), request("echo", `for ${id}`));
  await until(3000);
  for (let id = 1; id <= 3000; id++) {
    assertEquals(replies.get(id), `$${`for ${id}`.length}\r\nfor ${id}\r\n`);
  }
  await threads.close(GRACE_MS);
});

Deno.test("WorkerPool: a worker that blocks holds up no request while another is free", async () => {
  const { context, replies, threads, until } = pool(2);
  threads.submit(client(1), request("sleep", "60000"));
  for (let id = 2; id <= 300; id++) threads.submit(client(id), request("ping"));
  await until(299);
  assertEquals(replies.has(1), false);
  // Stopping the server lets the sleeper go, with its reply.
  context.state.stop();
  await until(300);
  assertEquals(replies.get(1), "+OK\r\n");
  await threads.close(GRACE_MS);
});

Deno.test("WorkerPool: a worker that dies is replaced, and its request gets an error", async () => {
  const { context, replies, threads, until } = pool(2);
  const deaths = 5;
  // Each worker dies more than once, and those that come after it do the work.
  for (let id = 1; id <= deaths; id++) threads.submit(client(id), request("die"));
  for (let id = deaths + 1; id <= 300; id++) threads.submit(client(id), request("echo", `${id}`));
  await until(300);
  for (let id = 1; id <= deaths; id++) {
    assertEquals(replies.get(id), "-ERR the worker died; what was asked for may be half done\r\n");
  }
  for (let id = deaths + 1; id <= 300; id++) {
    assertEquals(replies.get(id), `$${`${id}`.length}\r\n${id}\r\n`);
  }
  await threads.close(GRACE_MS);
  assertEquals(context.state.counters.threads, 1, "only the main thread is left");
});

Deno.test("WorkerPool: the requests of a trip are answered together, in order, up to a last reply", async () => {
  const { replies, counts, threads, until } = pool(2);
  for (let id = 1; id <= 300; id++) {
    threads.submit(client(id), request("echo", `${id}`), request("ping"), request("who"));
  }
  threads.submit(client(301), request("ping"), request("quit"), request("echo", "never"));
  await until(301);
  for (let id = 1; id <= 300; id++) {
    const start = `$${`${id}`.length}\r\n${id}\r\n+PONG\r\n$8\r\nworker-`;
    assertEquals(replies.get(id)?.slice(0, start.length), start);
    assertEquals(counts.get(id), 3);
  }
  assertEquals(replies.get(301), "+PONG\r\n+OK\r\n");
  assertEquals(counts.get(301), 3);
  await threads.close(GRACE_MS);
});

Deno.test("WorkerPool: a worker that dies on a trip leaves an error to each of its requests", async () => {
  const { replies, threads, until } = pool(1);
  threads.submit(client(1), request("ping"), request("die"), request("ping"));
  threads.submit(client(2), request("ping"), request("ping"));
  await until(2);
  const error = "-ERR the worker died; what was asked for may be half done\r\n";
  assertEquals(replies.get(1), error.repeat(3));
  assertEquals(replies.get(2), "+PONG\r\n+PONG\r\n");
  await threads.close(GRACE_MS);
});

Deno.test("WorkerPool: closed while a successor is still to come, it ends", async () => {
  const { context, threads, until } = pool(1);
  threads.submit(client(1), request("die"));
  await until(1);
  await threads.close(GRACE_MS);
  assertEquals(context.state.counters.threads, 1);
});

Deno.test("WorkerPool: closing it ends every worker, the idle ones as well", async () => {
  const { context, threads, until } = pool(3);
  threads.submit(client(1), request("ping"));
  await until(1);
  await threads.close(GRACE_MS);
  assertEquals(context.state.counters.threads, 1, "only the main thread is left");
});
