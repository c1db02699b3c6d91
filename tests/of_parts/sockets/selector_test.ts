/** Selector: one wait for many sockets. */
import { assert, assertEquals } from "@std/assert";
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import { bulkReply, simpleString } from "../../../models/parts/protocol/protocol.ts";
import { type Ready, Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { idleTimeoutPasses, MemoryStream, ScriptedListener } from "../fakes.ts";
import {
  connect,
  expectGone,
  expectText,
  newContext,
  receiveAll,
  send,
  text,
  within,
} from "../helpers.ts";

const GRACE_MS = 5;
/** More than the kernel takes for a client that doesn't read. */
const LARGE = bulkReply(new Uint8Array(32_000_000));

type Event = Ready<string>;

/** An event loop that answers each request with its name, as model 3 does; `seen` tells the events. */
function startServer(onEvent: (event: Event) => void = () => {}) {
  const context = newContext();
  const acceptor = new Acceptor(Deno.listen({ hostname: "127.0.0.1", port: 0 }), 100, context);
  const selector = new Selector<string>();
  const seen: string[] = [];
  async function eventLoop(): Promise<void> {
    while (selector.open) {
      for (const event of await selector.wait()) {
        seen.push(event.kind);
        onEvent(event);
        if (event.kind === "accept") selector.watch(openConnection(event.accepted, context));
        else if (event.kind === "readable") {
          for (const { name } of event.connection.requests()) {
            event.connection.reply(name === "LARGE" ? LARGE : simpleString(name));
          }
          selector.write(event.connection);
        } else if (event.kind === "written") {
          if (event.connection.ended) selector.close(event.connection);
          else selector.read(event.connection);
        }
      }
    }
  }
  selector.watchListener(acceptor);
  const server = serverHandle(acceptor, eventLoop(), () => selector.stop(GRACE_MS));
  return { ...server, selector, seen, context };
}

Deno.test("Selector: reports a connection, its bytes, and the end of a write, in this order", async () => {
  const server = startServer();
  using client = await connect(server.addr);
  await send(client, "A\nB\n");
  await expectText(client, "+A\r\n+B\r\n");
  await client.closeWrite();
  assertEquals(text(await receiveAll(client)), "");
  await within(server.shutdown(), "the end of the loop");
  const events = ["accept", "readable", "written", "readable", "written"];
  assertEquals(server.seen, events);
});

Deno.test("Selector: many clients are served by one wait, whatever others do or don't do", async () => {
  const server = startServer();
  using _silent = await connect(server.addr);
  using deaf = await connect(server.addr);
  await send(deaf, "LARGE\n");
  const clients = await Promise.all(Array.from({ length: 20 }, () => connect(server.addr)));
  for (let round = 0; round < 5; round++) {
    for (const client of clients) await send(client, `R${round}\n`);
    for (const client of clients) await expectText(client, `+R${round}\r\n`);
  }
  for (const client of clients) client.close();
  await within(server.shutdown(), "the end of the loop");
  assertEquals(server.context.state.counters.connected_clients, 0);
});

Deno.test("Selector: a message is reported, posted while it waits or while the loop is busy", async () => {
  const messages: string[] = [];
  const twice = Promise.withResolvers<void>();
  const server = startServer((event) => {
    if (event.kind !== "message") return;
    messages.push(event.message);
    if (messages.length === 1) server.selector.post("while busy");
    else twice.resolve();
  });
  server.selector.post("while waiting");
  await within(twice.promise, "both messages");
  assertEquals(messages, ["while waiting", "while busy"]);
  await within(server.shutdown(), "the end of the loop");
});

Deno.test("Selector: stopped with nothing open, the wait ends", async () => {
  const selector = new Selector();
  const waiting = selector.wait();
  assert(selector.open);
  selector.stop(GRACE_MS);
  assertEquals(await within(waiting, "the end of the wait"), []);
  assert(!selector.open);
});

Deno.test("Selector: stop ends idle clients, and cuts off one that takes no replies", async () => {
  const stalled = Promise.withResolvers<void>();
  const server = startServer((event) => {
    if (event.kind === "readable") stalled.resolve();
  });
  using idle = await connect(server.addr);
  using deaf = await connect(server.addr);
  await send(deaf, "LARGE\n");
  await within(stalled.promise, "the request");
  const stopped = server.shutdown();
  assertEquals(text(await receiveAll(idle)), "");
  const muchLater = idleTimeoutPasses(40 * GRACE_MS).then(() => "much later");
  const first = await Promise.race([stopped.then(() => "in its time"), muchLater]);
  assertEquals(first, "in its time", "the grace that stop() was given didn't end");
  await within(stopped, "the end of the loop");
  await expectGone(deaf);
  await muchLater;
  assertEquals(server.context.state.counters.connected_clients, 0);
});

Deno.test("Selector: a connection accepted around the stop is closed too", async () => {
  // However few steps lie between the accept and the stop: nobody may be forgotten in between.
  for (let steps = 0; steps < 20; steps++) {
    const context = newContext();
    const listener = new ScriptedListener();
    const acceptor = new Acceptor(listener, 10, context);
    const selector = new Selector();
    selector.watchListener(acceptor);
    const stream = new MemoryStream();
    listener.give(stream);
    stream.give(null);
    for (let i = 0; i < steps; i++) await Promise.resolve();
    context.state.stop();
    acceptor.close();
    selector.stop(GRACE_MS);
    while (selector.open) {
      for (const event of await within(selector.wait(), `an event, ${steps} steps`)) {
        if (event.kind === "accept") selector.watch(openConnection(event.accepted, context));
        else if (event.kind === "readable") selector.write(event.connection);
        else if (event.kind === "written") selector.close(event.connection);
      }
    }
    assert(stream.closed, `forgotten: ${steps} steps between the accept and the stop`);
    assertEquals(context.state.counters.connected_clients, 0);
  }
});
