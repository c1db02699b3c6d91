/** serverHandle and ServerContext: what every model's serve() returns, and is made from. */
import { assert, assertEquals } from "@std/assert";
import { Acceptor } from "../../../models/parts/accept.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";
import { SharedState } from "../../../models/parts/server/shared_state.ts";
import { newContext, text, within } from "../helpers.ts";

function newServer() {
  const context = newContext();
  const acceptor = new Acceptor(Deno.listen({ hostname: "127.0.0.1", port: 0 }), 1, context);
  const finished = Promise.withResolvers<void>();
  const stops: boolean[] = [];
  const server = serverHandle(acceptor, finished.promise, () => {
    stops.push(context.state.stopping);
    finished.resolve();
  });
  return { server, acceptor, stops };
}

Deno.test("serverHandle: addr has the port that the system chose", () => {
  const { server, acceptor } = newServer();
  assertEquals(server.addr.hostname, "127.0.0.1");
  assert(server.addr.port > 0);
  acceptor.close();
});

Deno.test("serverHandle: shutdown lets business go, stops listening, then stops the model, once", async () => {
  const { server, acceptor, stops } = newServer();
  const waiting = acceptor.accept();
  const [first, second] = [server.shutdown(), server.shutdown()];
  assert(first === server.finished && second === server.finished);
  await within(first, "finished");
  assertEquals(stops, [true]);
  assertEquals(await within(waiting, "the accept that waits"), undefined);
});

Deno.test("ServerContext: a thread's context is made from what can be posted", () => {
  const main = ServerContext.forMain("test", { threads: 2 }, { idleTimeoutMs: 7 });
  const posted = structuredClone({ ...main.shared, memory: undefined });
  const thread = new ServerContext("io-1", { ...posted, memory: main.shared.memory });
  thread.state.connectionOpened();
  assertEquals(main.state.counters.connected_clients, 1);
  assertEquals(thread.connectionOptions(3).idleTimeoutMs, 7);
  const who = thread.business.run({ name: "WHO", words: [new Uint8Array(3)] }, 1);
  assertEquals(text(who.bytes), "$4\r\nio-1\r\n");
});

Deno.test("ServerContext: by default it is silent, and clients may idle for five minutes", () => {
  const context = newContext();
  assertEquals(context.trace, undefined);
  assertEquals(context.connectionOptions(1), {
    id: 1,
    idleTimeoutMs: 300_000,
    trace: undefined,
  });
  assertEquals(context.state.counters.threads, 1);
});

Deno.test("ServerContext: who brings the memory can stop the server from outside", () => {
  const memory = SharedState.allocate();
  const context = newContext({ sharedMemory: memory });
  new SharedState(memory).stop();
  assert(context.state.stopping);
});
