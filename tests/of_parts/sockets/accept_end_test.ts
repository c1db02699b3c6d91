/** Acceptor: how it ends, and what becomes of connections that come just then. */
import { assert, assertEquals } from "@std/assert";
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import { MemoryStream, ScriptedListener } from "../fakes.ts";
import { connect, expectText, newContext, within } from "../helpers.ts";

function listen() {
  const context = newContext();
  const acceptor = new Acceptor(
    Deno.listen({ hostname: "127.0.0.1", port: 0 }),
    10,
    context,
  );
  return { acceptor, context };
}

Deno.test("Acceptor: closed while it waits, it returns nothing, then and later", async () => {
  const { acceptor } = listen();
  const waiting = acceptor.accept();
  acceptor.close();
  acceptor.close();
  assertEquals(await within(waiting, "the end"), undefined);
  assertEquals(await within(acceptor.accept(), "the end"), undefined);
});

Deno.test("Acceptor: it ends when its listening socket is closed by somebody else", async () => {
  const { acceptor } = listen();
  acceptor.listener.close();
  assertEquals(await within(acceptor.accept(), "the end"), undefined);
});

Deno.test("Acceptor: a connection that comes in the moment of the close is closed as well", async () => {
  const listener = new ScriptedListener();
  const context = newContext();
  const acceptor = new Acceptor(listener, 10, context);
  const waiting = acceptor.accept();
  const stream = new MemoryStream();
  listener.give(stream);
  acceptor.close();
  assertEquals(await within(waiting, "the end"), undefined);
  assert(stream.closed, "nobody would ever close it");
  assertEquals(context.state.counters.connected_clients, 0);
});

Deno.test("openConnection: a connection of a server that stops ends before it is read", async () => {
  const { acceptor, context } = listen();
  using client = await connect(acceptor.addr);
  const accepted = await within(acceptor.accept(), "the connection");
  context.state.stop();
  const connection = openConnection(accepted!, context);
  assertEquals(await within(connection.read(), "the end"), false);
  const closed = connection.close();
  await expectText(client, "");
  await client.closeWrite();
  await within(closed, "the close");
  acceptor.close();
});

Deno.test("Acceptor: once the stop cell is set nobody is handed out, though nobody said so", async () => {
  const context = newContext();
  const listener = new ScriptedListener();
  const acceptor = new Acceptor(listener, 10, context);
  context.state.stop();
  const late = new MemoryStream();
  listener.give(late);
  assertEquals(await within(acceptor.accept(), "the end"), undefined);
  assert(late.closed);
});
