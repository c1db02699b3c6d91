/** Connection: how it ends, by the client's doing, by an error, or because the server stops. */
import { assert, assertEquals } from "@std/assert";
import { Connection } from "../../../models/parts/connection.ts";
import { bulkReply, type Reply, simpleString } from "../../../models/parts/protocol/protocol.ts";
import { MemoryStream, newConnection, serve } from "../fakes.ts";
import {
  expectText,
  manyBytes,
  nextTurn,
  receiveAll,
  send,
  socketPair,
  text,
  until,
  within,
} from "../helpers.ts";

const OK = simpleString("OK");
/** Grace that never runs out in a test. */
const LONG_MS = 60_000;
const LAST: Reply = { ...OK, last: true };

Deno.test("Connection: a write to a client that is gone settles, and ends the connection", async () => {
  const { client, server } = await socketPair();
  const connection = new Connection(server, { id: 1, idleTimeoutMs: 0 });
  client.close();
  for (let i = 0; i < 1000 && !connection.ended; i++) {
    connection.reply(OK);
    await within(connection.write(), "a write to a client that is gone");
  }
  assert(connection.ended);
  assertEquals(await connection.read(), false);
  await within(connection.close(), "the close");
});

Deno.test("Connection: a reset while it reads ends it, and nothing is thrown", async () => {
  const { stream, connection } = newConnection();
  const reading = connection.read();
  stream.reset();
  assertEquals(await reading, false);
  connection.reply(OK);
  await within(connection.close(), "the close");
  assert(stream.closed);
});

Deno.test("Connection: after bytes that make no sense come the replies before, the error, the end", async () => {
  const { stream, connection } = newConnection();
  stream.give("A\n*1\r\n$-1\r\nB\n");
  stream.give(null);
  await within(serve(connection), "the close");
  assertEquals(stream.written, "+A\r\n-ERR Protocol error: invalid bulk length\r\n");
  assert(stream.writeSideClosed && stream.closed);
});

Deno.test("Connection: a protocol error reaches a client that is still sending", async () => {
  const { client, server } = await socketPair();
  const connection = new Connection(server, { id: 1, idleTimeoutMs: 0 });
  const served = serve(connection);
  await send(client, "*1\r\n$-1\r\n");
  // What is sent from here on is never asked for; unread, it would make the kernel reset.
  const sending = send(client, new Uint8Array(4_000_000));
  const reply = text(await receiveAll(client));
  assertEquals(reply, "-ERR Protocol error: invalid bulk length\r\n");
  await within(sending, "the server to take and drop what is sent");
  client.close();
  await within(served, "the close");
});

Deno.test("Connection: after the last reply no request is taken any more", async () => {
  const { stream, connection } = newConnection();
  stream.give("QUIT\nB\n");
  assert(await connection.read());
  assertEquals(connection.nextRequest()?.name, "QUIT");
  connection.reply(LAST);
  assertEquals(connection.nextRequest(), undefined);
  assertEquals(await connection.read(), false);
  stream.give(null);
  await within(connection.close(), "the close");
  assertEquals(stream.written, "+OK\r\n");
});

Deno.test("Connection: it closes once, however often it is told", async () => {
  const stream = new MemoryStream();
  let closed = 0;
  const connection = new Connection(stream, { id: 1, idleTimeoutMs: 0, onClosed: () => closed++ });
  stream.give(null);
  assertEquals(await connection.read(), false);
  await within(Promise.all([connection.close(), connection.close()]), "the close");
  connection.closeNow();
  connection.finish();
  assertEquals(closed, 1);
});

Deno.test("Connection: finish() ends one that waits for the client", async () => {
  const { client, server } = await socketPair();
  const connection = new Connection(server, { id: 1, idleTimeoutMs: 0 });
  const served = serve(connection);
  await send(client, "A\n");
  await expectText(client, "+A\r\n");
  await nextTurn();
  connection.finish();
  assertEquals(text(await receiveAll(client)), "");
  client.close();
  await within(served, "the close");
});

Deno.test("Connection: finish() lets it answer what was read, and nothing that comes later", async () => {
  const { stream, connection } = newConnection();
  stream.give("A\nB\n");
  stream.give("C\n");
  assert(await connection.read());
  connection.finish();
  for (const { name } of connection.requests()) connection.reply(simpleString(name));
  await connection.write();
  assertEquals(await connection.read(), false);
  stream.give(null);
  await within(connection.close(), "the close");
  assertEquals(stream.written, "+A\r\n+B\r\n");
});

Deno.test("Connection: finish() cuts off a client that doesn't take its replies", async () => {
  const { client, server } = await socketPair();
  const closed = Promise.withResolvers<void>();
  const options = { id: 1, idleTimeoutMs: 0, onClosed: closed.resolve };
  const connection = new Connection(server, options);
  const reply = bulkReply(manyBytes(500_000));
  for (let i = 0; i < 64; i++) connection.reply(reply);
  const written = connection.write();
  connection.finish(20);
  await within(closed.promise, "the end of the grace");
  await within(written, "the write that will never be done");
  client.close();
});

Deno.test("Connection: closing waits for the client's end, but not for ever", async () => {
  const { stream, connection } = newConnection();
  const reading = connection.read();
  connection.finish(LONG_MS);
  await until(() => stream.writeSideClosed, "the write side is closed");
  assert(!stream.closed, "the client may still be sending");
  await within(connection.close(), "the end of the linger time");
  assert(stream.closed);
  assertEquals(await reading, false);
});
