/** Connection: requests in, replies out, in order, whatever the client and the network do. */
import { assert, assertEquals } from "@std/assert";
import { Connection } from "../../models/parts/connection.ts";
import { bulkReply, type Reply, simpleString } from "../../models/parts/protocol.ts";
import {
  bytes,
  expectText,
  manyBytes,
  MemoryStream,
  nextTurn,
  receiveAll,
  send,
  socketPair,
  text,
  until,
  within,
} from "./helpers.ts";

const OK = simpleString("OK");
/** Grace that never runs out in a test. */
const LONG_MS = 60_000;
const LAST: Reply = { ...OK, last: true };

function newConnection(stream = new MemoryStream()) {
  return { stream, connection: new Connection(stream, { id: 1, idleTimeoutMs: 0 }) };
}

/** What a model does with one connection: each request is answered with its name. */
async function serve(connection: Connection): Promise<void> {
  while (await connection.read()) {
    for (const { name } of connection.requests()) connection.reply(simpleString(name));
    await connection.write();
  }
  await connection.close();
}

Deno.test("Connection: several requests in one packet, and one in several, are answered in order", async () => {
  const { stream, connection } = newConnection();
  const served = serve(connection);
  for (const packet of ["A\nB\r\n*1\r\n$1\r\nC\r\n", "D", "E", "\nF\n", null]) stream.give(packet);
  await within(served, "the client's end");
  assertEquals(stream.written, "+A\r\n+B\r\n+C\r\n+DE\r\n+F\r\n");
});

Deno.test("Connection: a reply is sent whole though every write is a short one", async () => {
  const { stream, connection } = newConnection();
  stream.writeLimit = 3;
  for (const name of ["ONE", "TWO", "THREE"]) connection.reply(simpleString(name));
  await within(connection.write(), "the replies");
  assertEquals(stream.written, "+ONE\r\n+TWO\r\n+THREE\r\n");
});

Deno.test("Connection: replies queued while one is being written follow it", async () => {
  const { stream, connection } = newConnection();
  const hold = Promise.withResolvers<void>();
  stream.hold = hold.promise;
  connection.reply(simpleString("A"));
  const first = connection.write();
  connection.reply(simpleString("B"));
  const second = connection.write();
  hold.resolve();
  await within(Promise.all([first, second]), "both replies");
  assertEquals(stream.written, "+A\r\n+B\r\n");
});

Deno.test("Connection: over a real socket 8 MB arrive whole at a client that begins to read late", async () => {
  const { client, server } = await socketPair();
  const connection = new Connection(server, { id: 1, idleTimeoutMs: 0 });
  const content = manyBytes(1_000_000);
  for (let i = 0; i < 8; i++) connection.reply(bulkReply(content));
  const closed = connection.write().then(() => connection.close());
  await client.closeWrite();
  const received = await receiveAll(client);
  await within(closed, "the close");
  const one = bulkReply(content).bytes;
  assertEquals(received.length, 8 * one.length);
  assertEquals(received.subarray(7 * one.length), one);
  client.close();
});

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

Deno.test("Connection: a client that half-closes gets every reply, then the end", async () => {
  const { client, server } = await socketPair();
  const served = serve(new Connection(server, { id: 1, idleTimeoutMs: 0 }));
  await send(client, "A\nB\n*1\r\n$1\r\nC\r\n");
  await client.closeWrite();
  assertEquals(text(await receiveAll(client)), "+A\r\n+B\r\n+C\r\n");
  await within(served, "the close");
  client.close();
});

Deno.test("Connection: a client that ends in the middle of a request is told so", async () => {
  for (const half of ["PIN", "*1\r\n$4\r\nPI", "*2\r\n$4\r\nPING\r\n"]) {
    const { stream, connection } = newConnection();
    for (const packet of ["A\n", half, null]) stream.give(packet);
    await within(serve(connection), "the close");
    const told = "-ERR Protocol error: unexpected end of request\r\n";
    assertEquals(stream.written, "+A\r\n" + told);
  }
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

Deno.test("Connection: the trace tells what was read and written, and the close", async () => {
  const stream = new MemoryStream();
  const seen: string[] = [];
  const trace = (event: string, id: number, detail = "") =>
    void seen.push(`${event} ${id} ${detail}`.trim());
  stream.give("A\n");
  stream.give(null);
  await within(serve(new Connection(stream, { id: 7, idleTimeoutMs: 0, trace })), "the close");
  const end = "read 7 end: the client sends no more";
  assertEquals(seen, ["read 7 2 bytes", "write 7 4 bytes", end, "close 7"]);
  assertEquals(bytes(stream.written).length, 4);
});
