/** Connection: its states, as the table in `connection.ts` has them, and what leads from one to another. */
import { assertEquals } from "@std/assert";
import type { Connection } from "../../../models/parts/connection.ts";
import { type Reply, simpleString } from "../../../models/parts/protocol/protocol.ts";
import { type MemoryStream, newConnection } from "../fakes.ts";
import { within } from "../helpers.ts";

const OK = simpleString("OK");
const LAST: Reply = { ...OK, last: true };
const NOTHING = { rest: new Uint8Array(0), ready: false };

type Step = (connection: Connection, stream: MemoryStream) => unknown;

const finish: Step = (connection) => connection.finish(60_000);
const end: Step = (connection) => connection.end();
const closeNow: Step = (connection) => connection.closeNow();
const read: Step = (connection) => connection.read();
const detach: Step = (connection) => connection.detach();
const attach: Step = (connection) => connection.attach(NOTHING);
const lastReply: Step = (connection) => connection.reply(LAST);
const clientsEnd: Step = (connection, stream) => {
  stream.give(null);
  return connection.read();
};
const reset: Step = (connection, stream) => {
  stream.reset();
  return connection.read();
};
const noRequest: Step = async (connection, stream) => {
  stream.give("*x\r\n");
  await connection.read();
  connection.nextRequest();
};
/** Until the client has ended, or the linger time is over, it goes no further. */
const beginToClose: Step = (connection) => void connection.close();
const close: Step = (connection, stream) => {
  stream.give(null);
  return connection.close();
};

/** What is done, and the states after each step. */
const PATHS: [name: string, steps: Step[], states: string][] = [
  ["end", [end], "ended"],
  ["a last reply", [lastReply], "ended"],
  ["the client's end", [clientsEnd], "ended"],
  ["bytes that are no request", [noRequest], "ended"],
  ["a reset", [reset], "ended"],
  ["finish, and what comes after", [finish, read, close, closeNow], "draining ended closed closed"],
  ["finish, and the client's end", [finish, lastReply], "draining ended"],
  ["close", [beginToClose, close], "closing closed"],
  ["close of one that has ended", [end, beginToClose, closeNow], "ended closing closed"],
  ["finish does not open again", [end, finish], "ended ended"],
  ["end does not either", [beginToClose, finish, end, close], "closing closing closing closed"],
  ["closeNow", [closeNow, end, finish, read, close], "closed closed closed closed closed"],
  ["detached, it stays what it is", [detach, attach, end], "open open ended"],
  ["detached, the server stops", [detach, finish, attach, read], "open draining draining ended"],
  ["finish, then detached", [finish, detach, attach, read], "draining draining draining ended"],
  ["detached, it is closed", [detach, closeNow, attach, end], "open closed closed closed"],
];

for (const [name, steps, states] of PATHS) {
  Deno.test(`Connection: states, ${name}: ${states}`, async () => {
    const { stream, connection } = newConnection();
    assertEquals(connection.state, "open");
    const seen: string[] = [];
    for (const step of steps) {
      await within(Promise.resolve(step(connection, stream)), "the step");
      seen.push(connection.state);
    }
    assertEquals(seen.join(" "), states);
    assertEquals(connection.ended, !["open", "draining"].includes(connection.state));
    connection.closeNow();
  });
}

Deno.test("Connection: states, finish of one that waits to read: closing", async () => {
  const { stream, connection } = newConnection();
  const reading = connection.read();
  connection.finish(60_000);
  assertEquals(connection.state, "closing");
  stream.give("A\n");
  assertEquals(await within(reading, "the read"), false, "what comes now is not wanted");
  stream.give(null);
  await within(connection.close(), "the close");
  assertEquals(connection.state, "closed");
});
