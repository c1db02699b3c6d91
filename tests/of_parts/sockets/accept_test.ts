/** Acceptor: takes connections out of the accept queue, and survives what comes with them. */
import { assert, assertEquals } from "@std/assert";
import net from "node:net";
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import { MemoryStream, ScriptedListener } from "../fakes.ts";
import {
  connect,
  expectGone,
  newContext,
  nextTurn,
  receiveAll,
  send,
  text,
  until,
  within,
} from "../helpers.ts";

const REFUSED = "-ERR max number of clients reached\r\n";

function listen(maxConnections = 10) {
  const context = newContext();
  const acceptor = new Acceptor(
    Deno.listen({ hostname: "127.0.0.1", port: 0 }),
    maxConnections,
    context,
  );
  return { acceptor, context };
}

/** Connects, and resets at once: SO_LINGER 0 and a close. */
function connectAndReset({ port }: Deno.NetAddr): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("connect", () => socket.resetAndDestroy());
    socket.on("error", reject);
    socket.on("close", () => resolve());
  });
}

Deno.test("Acceptor: connections are numbered from 1, and counted until they are closed", async () => {
  const { acceptor, context } = listen();
  for (const id of [1, 2]) {
    using _client = await connect(acceptor.addr);
    const accepted = await within(acceptor.accept(), "a connection");
    assertEquals(accepted?.id, id);
    assertEquals(context.state.counters.connected_clients, 1);
    openConnection(accepted!, context).closeNow();
    assertEquals(context.state.counters.connected_clients, 0);
  }
  assertEquals(context.state.counters.total_connections, 2);
  acceptor.close();
});

Deno.test("Acceptor: clients that connect and reset at once don't stop it", async () => {
  const { acceptor, context } = listen(100);
  for (let i = 0; i < 20; i++) await within(connectAndReset(acceptor.addr), "the reset");
  using client = await connect(acceptor.addr);
  await send(client, "hello");
  for (;;) {
    const accepted = await within(acceptor.accept(), "the client that stays");
    assert(accepted !== undefined, "gave up");
    const connection = openConnection(accepted, context);
    if (await connection.read()) {
      connection.closeNow();
      break;
    }
    connection.closeNow();
  }
  acceptor.close();
});

Deno.test("Acceptor: when the process is out of descriptors it tries again", async () => {
  const listener = new ScriptedListener();
  const acceptor = new Acceptor(listener, 10, newContext());
  listener.give(new Error("Too many open files (os error 24)"));
  const stream = new MemoryStream();
  listener.give(stream);
  const accepted = await within(acceptor.accept(), "the second try");
  assert(accepted?.socket === stream as unknown);
  acceptor.close();
});

Deno.test("Acceptor: replies are sent without delay, and who can't be told so is served all the same", async () => {
  const listener = new ScriptedListener();
  const acceptor = new Acceptor(listener, 10, newContext());
  const [good, bad] = [new MemoryStream(), new MemoryStream()];
  bad.setNoDelay = () => {
    throw new Error("Invalid argument (os error 22)");
  };
  for (const stream of [good, bad]) {
    listener.give(stream);
    const accepted = await within(acceptor.accept(), "the connection");
    assert(accepted?.socket === stream as unknown);
  }
  assert(good.noDelay);
  acceptor.close();
});

Deno.test("Acceptor: one connection more than the cap is told so and closed", async () => {
  const { acceptor, context } = listen(1);
  using first = await connect(acceptor.addr);
  const accepted = await within(acceptor.accept(), "the first connection");
  const next = acceptor.accept();
  using second = await connect(acceptor.addr);
  // It doesn't have to be silent to get the reply: what it sends is read and dropped.
  await send(second, "PING\r\n");
  assertEquals(text(await receiveAll(second)), REFUSED);
  assertEquals(context.state.counters.total_connections, 1, "the refused don't count");

  openConnection(accepted!, context).closeNow();
  await expectGone(first);
  using _third = await connect(acceptor.addr);
  const again = await within(next, "the place that is free again");
  assertEquals(again?.id, 3);
  again?.socket.close();
  acceptor.close();
});

Deno.test("Acceptor: a flood of clients that stay after they were refused is bounded", async () => {
  const listener = new ScriptedListener();
  const acceptor = new Acceptor(listener, 0, newContext());
  const done = acceptor.accept();
  const flood = Array.from({ length: 150 }, () => new MemoryStream());
  for (const stream of flood) listener.give(stream);
  await until(() => flood.every(({ written }) => written === REFUSED), "all are told");
  assertEquals(flood.filter(({ closed }) => !closed).length, 100);
  acceptor.close();
  assert(flood.every(({ closed }) => closed), "the others are closed with the listening socket");
  assertEquals(await within(done, "the end"), undefined);
  await nextTurn();
});
