/** EventThreads: a thread for each loan, no more than the cap, and every loan comes back. */
import { assertEquals } from "@std/assert";
import { type Back, EventThreads, type Loan } from "../../models/parts/event_threads.ts";
import { listenForHandover } from "../../models/parts/handover.ts";
import {
  type DescriptorMessage,
  descriptorMessage,
  openDescriptor,
} from "../../models/parts/handover_descriptor.ts";
import type { Thread } from "../../models/parts/thread.ts";
import { ANY_PORT } from "./handover_kit.ts";
import {
  bytes,
  connect,
  expectText,
  newContext,
  nextTurn,
  send,
  text,
  until,
  within,
} from "./helpers.ts";

const PROGRAM = new URL("event_thread_program.ts", import.meta.url).href;
const GRACE_MS = 20_000;
/** What the claim cell says of a descriptor that was taken back and closed. */
const RECLAIMED = 2;
const NOTHING = new Uint8Array(0);

/** A client whose connection is watched here: by the test. */
interface Watched {
  readonly client: Deno.TcpConn;
  readonly loan: (rest?: string) => Loan;
  /** Closes both ends. */
  end(): void;
}

/** Connects a client; the test is the thread that watches its connection. */
async function watched(id: number): Promise<Watched> {
  const listener = listenForHandover(ANY_PORT, "descriptor");
  const client = await connect(listener.addr);
  const socket = await within(listener.accept(), "the connection");
  listener.close();
  const stream = openDescriptor(socket.handOver().message as DescriptorMessage, 1)!;
  const loan = (rest = "") => ({
    id,
    rest: rest === "" ? NOTHING : bytes(rest),
    message: descriptorMessage(stream.duplicate!()),
  });
  return {
    client,
    loan,
    end() {
      stream.close();
      client.close();
    },
  };
}

/** What came back, in the order in which it came: the id, the state, and the rest. */
class Watcher implements Pick<Thread, "post"> {
  readonly came: string[] = [];

  post(message: unknown): void {
    const { id, rest, state } = message as Back;
    this.came.push(`${id} ${state} ${JSON.stringify(text(rest))}`);
  }

  async has(...expected: string[]): Promise<void> {
    await until(() => this.came.length >= expected.length, `${expected} came back`);
    assertEquals(this.came, expected);
  }
}

function setUp(most = 8) {
  const context = newContext();
  const watcher = new Watcher();
  const threads = new EventThreads(PROGRAM, most, context);
  const start = (loan: Loan) => threads.start(loan, watcher as unknown as Thread);
  const end = async () => {
    threads.finish(GRACE_MS);
    await within(threads.allExited(), "the end of the threads");
    assertEquals(context.state.counters.threads, 1);
  };
  return { context, watcher, threads, start, end };
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `EventThreads: ${name}`, ignore: Deno.build.os === "windows", fn });
}

test("each event has a thread, which ends with it", async () => {
  const { watcher, start, end, context } = setUp();
  const one = await watched(1);
  for (const n of [1, 2]) {
    await send(one.client, "WHO\r\n");
    start(one.loan());
    await expectText(one.client, `$7\r\nevent-${n}\r\n`);
    await until(() => watcher.came.length === n, "the connection comes back");
    assertEquals(context.state.counters.threads, 1);
  }
  await watcher.has('1 open ""', '1 open ""');
  one.end();
  await end();
});

test("what is no whole request yet goes back, and into the next thread", async () => {
  const { watcher, start, end } = setUp();
  const one = await watched(1);
  await send(one.client, "PING\r\nECHO hel");
  start(one.loan());
  await expectText(one.client, "+PONG\r\n");
  await watcher.has('1 open "ECHO hel"');
  await send(one.client, "lo\r\n");
  start(one.loan("ECHO hel"));
  await expectText(one.client, "$5\r\nhello\r\n");
  one.end();
  await end();
});

test("QUIT and the client's end close the connection", async () => {
  const { watcher, start, end } = setUp();
  const [quits, leaves] = [await watched(1), await watched(2)];
  await send(quits.client, "QUIT\r\n");
  start(quits.loan());
  await expectText(quits.client, "+OK\r\n");
  await quits.client.closeWrite();
  await watcher.has('1 closed ""');
  await send(leaves.client, "ECHO hel");
  await leaves.client.closeWrite();
  start(leaves.loan());
  await expectText(leaves.client, "-ERR Protocol error: unexpected end of request\r\n");
  await watcher.has('1 closed ""', '2 closed ""');
  for (const one of [quits, leaves]) one.end();
  await end();
});

test("at the cap loans wait, and are served in the order in which they came", async () => {
  const { watcher, start, end, context } = setUp(2);
  const clients: Watched[] = [];
  for (let id = 1; id <= 6; id++) clients.push(await watched(id));
  for (const { client } of clients) await send(client, "SLEEP 100\r\n");
  let most = 0;
  for (const { loan } of clients) start(loan());
  const counting = setInterval(() => most = Math.max(most, context.state.counters.threads - 1));
  for (const { client } of clients) await expectText(client, "+OK\r\n");
  clearInterval(counting);
  await until(() => watcher.came.length === 6, "all are back");
  assertEquals(most, 2);
  // Two at once: those may come back in any order, and their successors after them.
  const order = watcher.came.map((line) => Math.ceil(Number(line[0]) / 2));
  assertEquals(order.toSorted(), [1, 1, 2, 2, 3, 3]);
  assertEquals(order.at(0), 1);
  assertEquals(order.at(-1), 3);
  for (const one of clients) one.end();
  await end();
});

test("a thread that fails costs its client the connection, and nobody else anything", async () => {
  const { watcher, start, end } = setUp(1);
  const [dies, other] = [await watched(1), await watched(2)];
  await send(dies.client, "DIE\r\n");
  await send(other.client, "PING\r\n");
  start(dies.loan());
  start(other.loan());
  await expectText(other.client, "+PONG\r\n");
  await watcher.has('1 ended ""', '2 open ""');
  for (const one of [dies, other]) one.end();
  await end();
});

test("finish ends who sleeps, and gives back who waits", async () => {
  const { watcher, start, threads, context } = setUp(2);
  const [one, two, waits] = [await watched(1), await watched(2), await watched(3)];
  for (const sleeps of [one, two]) {
    await send(sleeps.client, "SLEEP 60000\r\n");
    start(sleeps.loan());
  }
  await until(() => context.state.counters.total_commands === 2, "both sleep");
  const untaken = waits.loan();
  start(untaken);
  context.state.stop();
  threads.finish(GRACE_MS);
  await within(threads.allExited(), "the end of the threads");
  for (const { client } of [one, two]) await expectText(client, "+OK\r\n");
  await until(() => watcher.came.length === 3, "all are back");
  assertEquals(watcher.came.filter((line) => line.startsWith("3")), ['3 ended ""']);
  assertEquals(untaken.message.claim[0], RECLAIMED, "its descriptor is closed");
  assertEquals(context.state.counters.threads, 1);
  start(waits.loan());
  await nextTurn();
  assertEquals(watcher.came.slice(3), ['3 ended ""'], "one that comes later");
  for (const client of [one, two, waits]) client.end();
});

test("finish ends who cannot write", async () => {
  const { watcher, start, threads, context } = setUp(1);
  const deaf = await watched(1);
  const content = "x".repeat(500_000);
  const sending = send(deaf.client, `*2\r\n$4\r\nECHO\r\n$500000\r\n${content}\r\n`.repeat(40))
    .catch(() => {});
  // A thread takes on 1 MiB; the kernel has room for 10 or so. Sooner or later one has to wait.
  for (let n = 1; n <= 20; n++) start(deaf.loan());
  await until(() => watcher.came.length > 0, "the first thread has written");
  threads.finish(500);
  await within(threads.allExited(), "the end of the threads");
  assertEquals([watcher.came.length, context.state.counters.threads], [20, 1]);
  deaf.end();
  await sending;
});
