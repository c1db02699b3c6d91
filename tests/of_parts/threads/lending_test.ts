/** Lending: what a watching thread lends, in which state it comes back, and what is left of it. */
import { assert, assertEquals } from "@std/assert";
import { Connection } from "../../../models/parts/connection.ts";
import type { Back, Loan } from "../../../models/parts/threads/loan_messages.ts";
import { Selector } from "../../../models/parts/selector.ts";
import { Lender, serveLoan } from "../../../models/parts/threads/lending.ts";
import { watched } from "./event_threads_kit.ts";
import { MemoryStream } from "../fakes.ts";
import { bytes, expectGone, newContext, send, text, within } from "../helpers.ts";

/** A watching thread with one connection, which it has lent. */
function lent() {
  const stream = new MemoryStream();
  const seen: string[] = [];
  const loans: Loan[] = [];
  const connection = new Connection(stream, {
    id: 1,
    idleTimeoutMs: 0,
    trace: (event) => void seen.push(event),
    onClosed: () => void seen.push("onClosed"),
  });
  const selector = new Selector<Back>();
  const lender = new Lender(selector, (loan) => loans.push(loan));
  lender.lend(connection);
  const takeBack = (rest: string, state: Back["state"]) =>
    lender.takeBack({ kind: "back", id: 1, rest: bytes(rest), state });
  return { stream, connection, selector, takeBack, loans, seen };
}

const names = (connection: Connection) => [...connection.requests()].map(({ name }) => name);

Deno.test("Lender: what comes back open waits for the rest of its request", async () => {
  const { stream, connection, takeBack, seen } = lent();
  assertEquals(takeBack("PI", "open"), connection);
  const reading = connection.read();
  stream.give("NG\n");
  assert(await within(reading, "the rest"));
  assertEquals([names(connection), connection.state], [["PING"], "open"]);
  assertEquals(seen, ["read"]);
  connection.closeNow();
});

Deno.test("Lender: what comes back ready waits for nothing", async () => {
  const { connection, takeBack, seen } = lent();
  takeBack("PING\n", "ready");
  assert(await within(connection.read(), "a read that has nothing to wait for"));
  assertEquals([names(connection), connection.state], [["PING"], "open"]);
  assertEquals(seen, []);
  connection.closeNow();
});

Deno.test("Lender: what comes back ended takes no request, and is still to be closed", async () => {
  const { stream, connection, takeBack, seen } = lent();
  takeBack("PING\n", "ended");
  assertEquals(connection.state, "ended");
  assertEquals(await within(connection.read(), "a read"), false);
  assertEquals(names(connection), []);
  stream.give(null);
  await within(connection.close(), "the close");
  assertEquals(seen, ["close", "onClosed"]);
});

Deno.test("Lender: what comes back closed is freed here, and the close is not told again", async () => {
  const { stream, connection, takeBack, seen } = lent();
  takeBack("", "closed");
  assertEquals([connection.state, stream.closed], ["closed", true]);
  assertEquals(await within(connection.read(), "a read"), false);
  await within(connection.close(), "the close");
  assertEquals(seen, ["onClosed"]);
});

Deno.test("Lender: what has no descriptor to lend comes back ended", async () => {
  const { selector, loans, connection } = lent();
  const [ready] = await within(selector.wait(), "the message");
  assert(ready.kind === "message");
  assertEquals([ready.message.id, ready.message.state, loans], [1, "ended", []]);
  connection.closeNow();
});

Deno.test({
  name: "serveLoan: gives back what was read and not used, and keeps nothing of the connection",
  ignore: Deno.build.os === "windows",
  async fn() {
    const one = await watched(1);
    await send(one.client, "PING\r\n");
    const back = await serveLoan(one.loan(), newContext(), async (connection) => {
      assert(await within(connection.read(), "the request"));
    });
    assertEquals([text(back.rest), back.state], ["PING\r\n", "ready"]);
    // While anybody has a descriptor of the socket, the client is not told of an end.
    one.closeHere();
    await expectGone(one.client);
    one.end();
  },
});
