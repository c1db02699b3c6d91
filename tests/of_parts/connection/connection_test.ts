/** Connection: requests in, replies out, in order, whatever the client and the network do. */
import { assertEquals } from "@std/assert";
import { Connection } from "../../../models/parts/connection.ts";
import { bulkReply, simpleString } from "../../../models/parts/protocol/protocol.ts";
import { MemoryStream, newConnection, serve } from "../fakes.ts";
import { bytes, manyBytes, receiveAll, send, socketPair, text, within } from "../helpers.ts";

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
