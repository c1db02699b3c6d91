/**
 * Connection: the idle time-out. That time has passed is known from an idle connection with a
 * time-out of its own, which was closed meanwhile; no test here expects anything to be quick.
 */
import { assert, assertEquals } from "@std/assert";
import { Connection } from "../../../models/parts/connection.ts";
import { simpleString } from "../../../models/parts/protocol/protocol.ts";
import { SharedState } from "../../../models/parts/server/shared_state.ts";
import { idleTimeoutPasses, MemoryStream } from "../fakes.ts";
import { expectGone, nextTurn, send, socketPair, within } from "../helpers.ts";

const IDLE_MS = 40;
const OK = simpleString("OK");

function idleConnection(idleTimeoutMs: number) {
  const closed = Promise.withResolvers<void>();
  const stream = new MemoryStream();
  const options = { id: 1, idleTimeoutMs, onClosed: closed.resolve };
  return { stream, connection: new Connection(stream, options), closed: closed.promise };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function takeRequest(stream: MemoryStream, connection: Connection): Promise<void> {
  stream.give("PING\n");
  assert(await connection.read());
  assertEquals(connection.nextRequest()?.name, "PING");
}

Deno.test("idle time-out: a client that sends nothing is closed", async () => {
  const { client, server } = await socketPair();
  const connection = new Connection(server, { id: 1, idleTimeoutMs: IDLE_MS });
  const reading = connection.read();
  await expectGone(client);
  assertEquals(await reading, false);
  client.close();
});

Deno.test("idle time-out: 0 means never", async () => {
  const { stream, connection } = idleConnection(0);
  await idleTimeoutPasses(IDLE_MS);
  assert(!stream.closed);
  connection.closeNow();
});

Deno.test("idle time-out: not while a request is in hand, but once it is answered", async () => {
  const { stream, connection, closed } = idleConnection(IDLE_MS);
  await takeRequest(stream, connection);
  for (let i = 0; i < 3; i++) await idleTimeoutPasses(IDLE_MS);
  assert(!stream.closed, "closed though the client waits for its reply");
  connection.reply(OK);
  await connection.write();
  assertEquals(stream.written, "+OK\r\n");
  await within(closed, "the time-out after the reply");
});

Deno.test("idle time-out: not while a slow client takes its reply byte by byte", async () => {
  const { stream, connection } = idleConnection(4 * IDLE_MS);
  await takeRequest(stream, connection);
  connection.reply(OK);
  stream.writeLimit = 1;
  stream.hold = idleTimeoutPasses(IDLE_MS);
  const written = connection.write();
  for (let sent = 0; sent < 5; sent++) {
    await stream.hold;
    stream.hold = idleTimeoutPasses(IDLE_MS);
  }
  await stream.hold;
  await within(written, "the reply");
  assertEquals(stream.written, "+OK\r\n");
  assert(!stream.closed);
  connection.closeNow();
});

Deno.test("idle time-out: a client that takes nothing of its reply is closed", async () => {
  const { stream, connection, closed } = idleConnection(IDLE_MS);
  await takeRequest(stream, connection);
  stream.hold = new Promise(() => {});
  connection.reply(OK);
  const written = connection.write();
  await within(closed, "the time-out");
  await within(written, "the write that will never be done");
});

Deno.test("idle time-out: the time that business blocks the thread is not the client's", async () => {
  const { stream, connection } = idleConnection(IDLE_MS);
  await takeRequest(stream, connection);
  new SharedState().sleep(2 * IDLE_MS);
  connection.reply(OK);
  await connection.write();
  for (let i = 0; i < 3; i++) await nextTurn();
  assert(!stream.closed, "closed as soon as it was answered");
  connection.closeNow();
});

Deno.test("idle time-out: what a client sent while the thread was blocked is read first", async () => {
  const { client, server } = await socketPair();
  const timeoutMs = 8 * IDLE_MS;
  const connection = new Connection(server, { id: 1, idleTimeoutMs: timeoutMs });
  // The last byte before comes between two looks, and the block just before its time is over.
  await sleep(0.75 * IDLE_MS);
  await send(client, "A\n");
  assert(await connection.read());
  assertEquals(connection.nextRequest()?.name, "A");
  connection.reply(OK);
  await connection.write();
  const sinceMs = performance.now();
  const reading = connection.read();
  await sleep(timeoutMs - IDLE_MS / 5);
  const sending = send(client, "B\n");
  const intime = performance.now() - sinceMs < timeoutMs;
  new SharedState().sleep(2 * IDLE_MS);
  // On a machine so busy that the time was over before, there is nothing to see.
  assert(await reading || !intime, "closed though its request had come in time");
  await sending.catch(() => {});
  connection.closeNow();
  client.close();
});

Deno.test("idle time-out: the trace says why the connection was closed", async () => {
  const { client, server } = await socketPair();
  const told: unknown[] = [];
  const trace = (...event: unknown[]) => void told.push(event);
  const connection = new Connection(server, { id: 7, idleTimeoutMs: IDLE_MS, trace });
  const reading = connection.read();
  await expectGone(client);
  await reading;
  assertEquals(told.at(-1), ["close", 7, "idle for 0.04 s"]);
  client.close();
});
