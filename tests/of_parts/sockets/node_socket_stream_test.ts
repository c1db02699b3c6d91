/** NodeSocketStream: a socket that pushes its bytes, read and written as a byte stream. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { listenForHandover } from "../../../models/parts/handover.ts";
import { openDescriptor } from "../../../models/parts/sockets/handover_descriptor.ts";
import { NodeSocketStream } from "../../../models/parts/sockets/node_socket_stream.ts";
import type { DescriptorMessage } from "../../../models/parts/sockets/parcel.ts";
import {
  bytes,
  connect,
  expectText,
  manyBytes,
  nextTurn,
  receiveAll,
  send,
  within,
} from "../helpers.ts";

/** A client, and its connection opened from a descriptor on this same thread. */
async function openPair(chunkBytes?: number) {
  const listener = listenForHandover({ hostname: "127.0.0.1", port: 0 }, "descriptor");
  const client = await connect(listener.addr);
  const socket = await within(listener.accept(), "the connection");
  listener.close();
  const stream = openDescriptor(socket.handOver().message as DescriptorMessage, chunkBytes);
  assert(stream !== undefined);
  return { client, stream };
}

function test(name: string, body: () => Promise<void>): void {
  const ignore = Deno.build.os === "windows";
  Deno.test({ name: `NodeSocketStream: ${name}`, ignore, fn: body });
}

test("bytes that come before they are asked for wait, and none is lost", async () => {
  const { client, stream } = await openPair();
  const sent = manyBytes(100_000);
  const sending = send(client, sent).then(() => client.closeWrite());
  for (let i = 0; i < 5; i++) await nextTurn();
  const small = new Uint8Array(3);
  assertEquals(await within(stream.read(small), "three bytes"), 3);
  assertEquals(small, sent.subarray(0, 3));
  assertEquals(await receiveAll(stream), sent.subarray(3));
  await sending;
  assertEquals(await stream.read(small), null, "the end stays the end");
  stream.close();
  client.close();
});

test("a write that waits for its client fails when the client is gone", async () => {
  const { client, stream } = await openPair();
  const piece = new Uint8Array(64 * 1024);
  let taken = 0;
  const sending = (async () => {
    for (;;) taken += await stream.write(piece);
  })();
  const failed = assertRejects(() => within(sending, "the write that waits"), Error);
  for (let before = -1; before !== taken;) {
    before = taken;
    for (let i = 0; i < 20; i++) await nextTurn();
  }
  const takenBefore = taken;
  client.close();
  await failed;
  assertEquals(taken, takenBefore, "what nobody took was reported as taken");
  await assertRejects(() => within(stream.write(piece), "a later write"), Error);
  stream.close();
});

test("writes to a client that is gone fail before long, though nobody reads", async () => {
  const { client, stream } = await openPair();
  client.close();
  let writes = 0;
  // Without a turn of the event loop in between: only what `write()` itself sees can end this.
  const writeOn = async () => {
    for (; writes < 1000; writes++) await stream.write(new Uint8Array(64 * 1024));
  };
  await assertRejects(writeOn, Error);
  assert(writes < 1000);
  stream.close();
});

test("close fails what is under way and what comes later, and may be repeated", async () => {
  const { client, stream } = await openPair();
  const reading = stream.read(new Uint8Array(1)).then(() => "read", () => "failed");
  stream.close();
  stream.close();
  assertEquals(await within(reading, "the read"), "failed");
  await assertRejects(() => stream.read(new Uint8Array(1)), Error);
  await assertRejects(() => stream.write(new Uint8Array(1)), Error);
  await within(stream.closeWrite(), "the half-close of a closed socket");
  await nextTurn();
  await within(stream.closeWrite(), "the half-close, some turns later");
  await expectText(client, "");
  client.close();
});

test("closing for good settles a half-close that waits for its client", async () => {
  const { client, stream } = await openPair();
  const sending = send(stream, new Uint8Array(32_000_000)).then(() => "sent", () => "failed");
  for (let i = 0; i < 10; i++) await nextTurn();
  const halfClosed = stream.closeWrite();
  stream.close();
  await within(halfClosed, "the half-close");
  assertEquals(await within(sending, "the writes"), "failed");
  client.close();
});

test("on demand, nothing is read before it is asked for, so two can read by turns", async () => {
  const { client, stream } = await openPair(7);
  const other = NodeSocketStream.openOnDemand(stream.duplicate(), 5);
  const sent = manyBytes(400);
  await send(client, sent);
  // Time to read what nobody has asked for, here and below.
  for (let i = 0; i < 5; i++) await nextTurn();
  const received: number[] = [];
  const buffer = new Uint8Array(7);
  for (let turn = 0; received.length < sent.length; turn++) {
    const count = await within((turn % 2 === 0 ? other : stream).read(buffer), "some bytes");
    received.push(...buffer.subarray(0, count ?? 0));
    if (turn % 10 < 2) await nextTurn();
  }
  assertEquals(Uint8Array.from(received), sent);
  other.close();
  await send(stream, bytes("still open"));
  await expectText(client, "still open");
  await client.closeWrite();
  assertEquals(await within(stream.read(buffer), "the end"), null);
  stream.close();
  client.close();
});
