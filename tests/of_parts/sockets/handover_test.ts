/** Handover: a connection goes to another thread whole, in both ways. */
import { assert, assertEquals } from "@std/assert";
import { FINISH } from "../../../models/parts/thread_messages.ts";
import { end, handOver, test } from "./handover_kit.ts";
import { FAILED, OPENED, PIECE_KIB, TAKEN_KIB } from "./handover_thread.ts";
import {
  expectGone,
  expectText,
  manyBytes,
  receiveAll,
  send,
  text,
  until,
  within,
} from "../helpers.ts";

/** More than the kernel keeps for both ends together, and far less than is sent. */
const BUFFERED_KIB = 24 * 1024;

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
  handed.thread.post(FINISH);
  await within(sending, "the client to notice that the thread is gone");
  await end(handed);
});

test("close ends a read and a write that are under way", async (way) => {
  const handed = await handOver(way, "close-while-busy");
  const taken = () => Atomics.load(handed.cells, TAKEN_KIB);
  await until(() => taken() > 0, "the thread writes");
  await stalled(taken, BUFFERED_KIB);
  handed.thread.post(FINISH);
  await expectGone(handed.client);
  await end(handed);
  assertEquals(handed.cells[FAILED], 2);
});
