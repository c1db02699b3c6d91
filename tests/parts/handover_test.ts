/** Handover: a connection goes to another thread whole, in both ways, and nobody's is lost. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import net from "node:net";
import { Acceptor } from "../../models/parts/accept.ts";
import { listenForHandover, type Parcel } from "../../models/parts/handover.ts";
import type { HandoverWay } from "../../models/parts/options.ts";
import { startThread, type Thread } from "../../models/parts/thread.ts";
import {
  CELLS,
  FAILED,
  type HandoverTask,
  OPENED,
  PIECE_KIB,
  TAKEN_KIB,
} from "./handover_thread.ts";
import {
  connect,
  expectGone,
  expectText,
  manyBytes,
  newContext,
  openDescriptors,
  receiveAll,
  send,
  text,
  until,
  within,
} from "./helpers.ts";

const PROGRAM = new URL("handover_thread.ts", import.meta.url).href;
const ANY_PORT = { hostname: "127.0.0.1", port: 0 };
/** More than the kernel keeps for both ends together, and far less than is sent. */
const BUFFERED_KIB = 24 * 1024;
const WINDOWS = Deno.build.os === "windows";
const WAYS: HandoverWay[] = WINDOWS ? ["stream"] : ["descriptor", "stream"];

interface HandedOver {
  readonly client: Deno.TcpConn;
  readonly thread: Thread;
  readonly cells: Int32Array<SharedArrayBuffer>;
  readonly parcel: Parcel;
}

/** A client whose connection was handed to a thread. `end()` reclaims, when the thread has ended. */
async function handOver(way: HandoverWay, does: HandoverTask["does"]) {
  const listener = listenForHandover(ANY_PORT, way);
  const client = await connect(listener.addr);
  const socket = await within(listener.accept(), "the connection");
  listener.close();
  return { client, ...startHandover(socket.handOver(), does) };
}

function startHandover(parcel: Parcel, does: HandoverTask["does"]): Omit<HandedOver, "client"> {
  const cells = new Int32Array(new SharedArrayBuffer(4 * CELLS));
  const task: HandoverTask = { message: parcel.message, does, cells };
  const thread = startThread(PROGRAM, "thread-1", newContext(), task, parcel.transfer);
  return { thread, cells, parcel };
}

async function end({ client, thread, parcel }: HandedOver): Promise<void> {
  await within(thread.exited, "the thread's end");
  parcel.reclaim();
  client.close();
}

function test(name: string, body: (way: HandoverWay) => Promise<void>): void {
  for (const way of WAYS) Deno.test(`handover, ${way} way: ${name}`, () => body(way));
}

/** Waits until a count no longer grows, or is over the bound. What it shows doesn't depend on when. */
async function stalled(count: () => number, bound: number): Promise<void> {
  for (let before = -1; count() !== before && count() <= bound;) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("1 MB comes back as it was sent, after the client's half-close too", async (way) => {
  const handed = await handOver(way, "echo");
  const sent = manyBytes(1_000_000);
  const sending = send(handed.client, sent).then(() => handed.client.closeWrite());
  assertEquals(await receiveAll(handed.client), sent);
  await sending;
  await end(handed);
  assertEquals(handed.cells[FAILED], 0);
});

test("a reply that is written after the client's half-close arrives", async (way) => {
  const handed = await handOver(way, "answer-at-end");
  await send(handed.client, "PING");
  await handed.client.closeWrite();
  assertEquals(text(await receiveAll(handed.client)), "late reply");
  await end(handed);
});

test("small requests are answered one by one", async (way) => {
  const handed = await handOver(way, "echo");
  for (const request of ["a", "b\r\n", "c".repeat(12_000)]) {
    await send(handed.client, request);
    await expectText(handed.client, request);
  }
  await handed.client.closeWrite();
  await expectGone(handed.client);
  await end(handed);
});

test("a client that doesn't read is written to piece by piece, and not without bound", async (way) => {
  const handed = await handOver(way, "flood");
  const taken = () => Atomics.load(handed.cells, TAKEN_KIB);
  await until(() => taken() > 0, "the thread writes");
  await stalled(taken, BUFFERED_KIB);
  assert(taken() <= BUFFERED_KIB, `${taken()} KiB were taken, and nobody reads them`);
  // Taken as a whole, a large reply would hide that a slow client takes some of it now and then.
  assertEquals(handed.cells[PIECE_KIB], 64);
  handed.client.close();
  await within(handed.thread.exited, "the thread to notice that its client is gone");
  handed.parcel.reclaim();
});

test("a thread that doesn't read holds its client back", async (way) => {
  const handed = await handOver(way, "ignore");
  await until(() => Atomics.load(handed.cells, OPENED) === 1, "the thread has opened it");
  let sentKib = 0;
  const sending = (async () => {
    const chunk = new Uint8Array(64 * 1024);
    for (let i = 0; i < 1024; i++) {
      await send(handed.client, chunk);
      sentKib += 64;
    }
  })().catch(() => {});
  await stalled(() => sentKib, BUFFERED_KIB);
  assert(sentKib <= BUFFERED_KIB, `${sentKib} KiB were taken, and nobody reads them`);
  handed.thread.post("finish");
  await within(sending, "the client to notice that the thread is gone");
  await end(handed);
});

test("a client that resets ends its thread's reads, and nothing else", async (way) => {
  const listener = listenForHandover(ANY_PORT, way);
  const { port } = listener.addr as Deno.NetAddr;
  const client = net.connect(port, "127.0.0.1");
  const gone = new Promise<void>((resolve) => client.on("close", () => resolve()));
  const socket = await within(listener.accept(), "the connection");
  listener.close();
  const { thread, cells, parcel } = startHandover(socket.handOver(), "echo");
  await until(() => Atomics.load(cells, OPENED) === 1, "the thread has opened it");
  client.resetAndDestroy();
  await within(Promise.all([gone, thread.exited]), "both ends");
  assertEquals(cells[FAILED], 1);
  parcel.reclaim();
});

test("close ends a read and a write that are under way", async (way) => {
  const handed = await handOver(way, "close-while-busy");
  const taken = () => Atomics.load(handed.cells, TAKEN_KIB);
  await until(() => taken() > 0, "the thread writes");
  await stalled(taken, BUFFERED_KIB);
  handed.thread.post("finish");
  await expectGone(handed.client);
  await end(handed);
  assertEquals(handed.cells[FAILED], 2);
});

test("a connection whose thread ended before it took it is closed", async (way) => {
  const handed = await handOver(way, "never-open");
  await within(handed.thread.exited, "the thread's end");
  handed.parcel.reclaim();
  handed.parcel.reclaim();
  await expectGone(handed.client);
  handed.client.close();
});

test("a connection whose thread failed or was terminated is closed", async (way) => {
  const report = console.error;
  console.error = () => {};
  const failed = await handOver(way, "fail");
  const terminated = await handOver(way, "ignore");
  await until(() => Atomics.load(terminated.cells, OPENED) === 1, "the thread has opened it");
  terminated.thread.terminate();
  for (const handed of [failed, terminated]) {
    await within(handed.thread.exited, "the thread's end");
    handed.parcel.reclaim();
    await expectGone(handed.client);
    handed.client.close();
  }
  console.error = report;
});

test("no descriptor is lost, whether the thread took it, failed or never did", async (way) => {
  if (Deno.build.os !== "linux") return;
  const before = openDescriptors();
  for (const does of ["echo", "never-open", "never-open"] as const) {
    const handed = await handOver(way, does);
    await handed.client.closeWrite();
    await within(handed.thread.exited, "the thread's end");
    handed.parcel.reclaim();
    await expectGone(handed.client);
    handed.client.close();
  }
  await until(() => openDescriptors() <= before, `${before} descriptors are open, as before`);
});

test("a connection over the cap is told so by the main thread", async (way) => {
  const acceptor = new Acceptor(listenForHandover(ANY_PORT, way), 0, newContext());
  const accepting = acceptor.accept();
  const client = await connect(acceptor.addr);
  assertEquals(text(await receiveAll(client)), "-ERR max number of clients reached\r\n");
  client.close();
  acceptor.close();
  await within(accepting, "the end of accept");
});

test("close ends an accept that waits, those that come, and connections not taken", async (way) => {
  const listener = listenForHandover(ANY_PORT, way);
  const rejected = (accepting: Promise<unknown>) =>
    within(accepting.then(() => "accepted", (error) => error.name), "the end of accept");
  const first = listener.accept();
  using _served = await connect(listener.addr);
  const served = await within(first, "the connection");
  using waiting = await connect(listener.addr);
  listener.close();
  await expectGone(waiting);
  assertEquals(await rejected(listener.accept()), "BadResource");
  served.close();

  const idle = listenForHandover(ANY_PORT, way);
  const accepting = rejected(idle.accept());
  idle.close();
  assert(["BadResource", "Interrupted"].includes(await accepting));
});

test("a port in use is reported as Deno.listen does", (way) => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  assertThrows(
    () => listenForHandover({ hostname: "127.0.0.1", port }, way),
    Deno.errors.AddrInUse,
  );
  return Promise.resolve();
});

Deno.test("handover: auto listens everywhere, and says where", () => {
  const listener = listenForHandover(ANY_PORT, "auto");
  const { hostname, port } = listener.addr as Deno.NetAddr;
  assertEquals(hostname, "127.0.0.1");
  assert(port > 0);
  listener.close();
});
