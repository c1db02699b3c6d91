/** Connection: detached, while another thread has its socket, and attached again. */
import { assert, assertEquals } from "@std/assert";
import { Connection } from "../../../models/parts/connection.ts";
import { simpleString } from "../../../models/parts/protocol/protocol.ts";
import { idleTimeoutPasses, MemoryStream, newConnection } from "../fakes.ts";
import { text, within } from "../helpers.ts";

const IDLE_MS = 40;
const OK = simpleString("OK");
const NOTHING = { rest: new Uint8Array(0), ready: false };

Deno.test("Connection: detached and attached, it goes on with what another thread has read", async () => {
  const { stream, connection } = newConnection();
  stream.give("A\nB");
  await within(connection.read(), "the first bytes");
  const { rest } = connection.detach();
  assertEquals(text(rest), "A\nB");

  const other = newConnection();
  other.connection.attach({ rest, ready: true });
  assertEquals(await within(other.connection.read(), "what was read before"), true);
  assertEquals([...other.connection.requests()].map(({ name }) => name), ["A"]);
  other.connection.reply(simpleString("A"));
  await other.connection.write();
  const left = other.connection.detach();
  other.connection.closeNow();
  assertEquals([text(left.rest), left.ready], ["B", false]);
  assertEquals([other.stream.written, other.stream.closed, stream.closed], ["+A\r\n", true, false]);

  connection.attach(left);
  stream.give("C\nD\nE");
  await within(connection.read(), "the rest of the second request");
  assertEquals([...connection.requests()].map(({ name }) => name), ["BC", "D"]);
  assertEquals(text(connection.detach().rest), "E");
  connection.closeNow();
});

Deno.test("Connection: detached before anybody looked, what was read may be a request: ready", async () => {
  const { stream, connection } = newConnection();
  stream.give("A\n");
  await within(connection.read(), "the first request");
  assertEquals([...connection.requests()].map(({ name }) => name), ["A"]);
  const reading = connection.read();
  stream.give("B\n");
  await within(reading, "what comes while the thread writes");
  const left = connection.detach();
  assertEquals([text(left.rest), left.ready], ["B\n", true]);

  connection.attach(left);
  assertEquals(await within(connection.read(), "a read that has nothing to wait for"), true);
  const next = connection.read();
  stream.give("C\n");
  assertEquals(await within(next, "what comes then"), true);
  assertEquals([...connection.requests()].map(({ name }) => name), ["B", "C"]);
  assertEquals(connection.detach().ready, false);
  connection.closeNow();
});

/** A connection whose client is the test, with an idle time-out, a trace and a count of its closes. */
function watchedConnection(idleTimeoutMs: number) {
  const stream = new MemoryStream();
  const seen: string[] = [];
  const closed = Promise.withResolvers<void>();
  const trace = (event: string) => void seen.push(event);
  const onClosed = () => {
    seen.push("onClosed");
    closed.resolve();
  };
  const connection = new Connection(stream, { id: 1, idleTimeoutMs, trace, onClosed });
  return { stream, connection, seen, closed: closed.promise };
}

Deno.test("Connection: detached, it is never idle; attached, it is again", async () => {
  const { stream, connection, closed } = watchedConnection(IDLE_MS);
  connection.detach();
  for (let i = 0; i < 3; i++) await idleTimeoutPasses(IDLE_MS);
  assert(!stream.closed, "closed though another thread has the socket");
  connection.attach(NOTHING);
  await within(closed, "the time-out of an idle connection");
});

Deno.test("Connection: the close of a detached connection is told of once, and not traced here", async () => {
  const { stream, connection, seen } = watchedConnection(0);
  connection.detach();
  connection.closeNow();
  assert(stream.closed);
  connection.attach({ rest: new Uint8Array(1), ready: true });
  assertEquals(await within(connection.read(), "a read that comes too late"), false);
  connection.reply(OK);
  await within(connection.write(), "a write that comes too late");
  connection.closeNow();
  assertEquals(seen, ["onClosed"]);
});

Deno.test("Connection: detached, it is cut off when the server's grace is over", async () => {
  const { stream, connection, closed } = watchedConnection(0);
  connection.detach();
  connection.finish(20);
  assertEquals(connection.state, "draining");
  await within(closed, "the end of the grace");
  assert(stream.closed);
});
