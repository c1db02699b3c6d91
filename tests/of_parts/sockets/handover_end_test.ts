/** Handover: nobody's connection is lost, however a client, a thread or the listening socket ends. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import net from "node:net";
import { Acceptor } from "../../../models/parts/accept.ts";
import { listenForHandover } from "../../../models/parts/handover.ts";
import { FINISH } from "../../../models/parts/thread_messages.ts";
import { ANY_PORT, end, handOver, startHandover, test } from "./handover_kit.ts";
import { FAILED, OPENED, TAKEN_KIB } from "./handover_thread.ts";
import {
  connect,
  expectGone,
  newContext,
  openDescriptors,
  receiveAll,
  text,
  until,
  within,
} from "../helpers.ts";

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

test("what a write has taken reaches the client, though the connection is closed at once", async (way) => {
  const { client, thread, cells, parcel } = await handOver(way, "close-while-busy");
  // The client does not read, so that the last pieces are on their way for as long as one likes.
  let before = 0, sameLooks = 0;
  await until(() => {
    const taken = Atomics.load(cells, TAKEN_KIB);
    sameLooks = taken > 0 && taken === before ? sameLooks + 1 : 0;
    before = taken;
    return sameLooks === 50;
  }, "the kernel has no room");
  thread.post(FINISH);
  const received = await receiveAll(client);
  const takenKib = Atomics.load(cells, TAKEN_KIB);
  assert(
    received.length >= takenKib * 1024,
    `${takenKib} KiB taken, ${received.length} bytes came`,
  );
  await end({ client, thread, cells, parcel });
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
