/** What a thread of the handover tests does with the connection that it is given. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import type { ByteStream } from "../../../models/parts/sockets/byte_stream.ts";
import { type HandoverMessage, openHandedOver } from "../../../models/parts/handover.ts";
import { threadMain } from "../../../models/parts/thread.ts";

/** Cells that thread and test share. */
export const OPENED = 0, TAKEN_KIB = 1, PIECE_KIB = 2, FAILED = 3, CELLS = 4;

/** The thread's first message. */
export interface HandoverTask {
  readonly message: HandoverMessage;
  /** See the functions of these names; `never-open` ends without taking the connection. */
  readonly does:
    | "echo"
    | "answer-at-end"
    | "flood"
    | "ignore"
    | "fail"
    | "close-while-busy"
    | "never-open";
  readonly cells: Int32Array<SharedArrayBuffer>;
}

threadMain<HandoverTask>(import.meta, async (_context, { message, does, cells }, onMessage) => {
  if (does === "never-open") return;
  const stream = openHandedOver(message);
  if (stream === undefined) return;
  Atomics.store(cells, OPENED, 1);
  const finish = new Promise<void>((resolve) => onMessage(() => resolve()));
  if (does === "echo") await echo(stream, cells);
  if (does === "answer-at-end") await answerAtEnd(stream);
  if (does === "flood") await flood(stream, cells);
  if (does === "ignore") await finish;
  if (does === "fail") throw new Error("made to fail by the test");
  if (does === "close-while-busy") await closeWhileBusy(stream, cells, finish);
  stream.close();
});

/** Sends back what comes, and the half-close after it. */
async function echo(stream: ByteStream, cells: Int32Array): Promise<void> {
  // Smaller than what a read of the socket brings, so that some of it has to wait.
  const buffer = new Uint8Array(10_000);
  try {
    for (;;) {
      const count = await stream.read(buffer);
      if (count === null) break;
      for (let sent = 0; sent < count;) sent += await stream.write(buffer.subarray(sent, count));
    }
    await stream.closeWrite();
  } catch {
    Atomics.add(cells, FAILED, 1);
  }
}

/** Reads to the client's end, and only then writes, some turns later. */
async function answerAtEnd(stream: ByteStream): Promise<void> {
  const buffer = new Uint8Array(10_000);
  while (await stream.read(buffer) !== null);
  for (const word of ["late ", "reply"]) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await stream.write(new TextEncoder().encode(word));
  }
  await stream.closeWrite();
}

/** Writes 64 MiB, and counts what was taken, until the client is gone. */
async function flood(stream: ByteStream, cells: Int32Array): Promise<void> {
  const chunk = new Uint8Array(1024 * 1024);
  try {
    for (let left = 64 * chunk.length; left > 0;) {
      const count = await stream.write(chunk);
      Atomics.add(cells, TAKEN_KIB, Math.round(count / 1024));
      Atomics.store(cells, PIECE_KIB, Math.round(count / 1024));
      left -= count;
    }
  } catch {
    Atomics.add(cells, FAILED, 1);
  }
}

/** Closes while a read and a write are under way; both must fail. */
async function closeWhileBusy(stream: ByteStream, cells: Int32Array, finish: Promise<void>) {
  const failed = () => void Atomics.add(cells, FAILED, 1);
  const reading = stream.read(new Uint8Array(10)).then(() => {}, failed);
  const writing = flood(stream, cells);
  await finish;
  stream.close();
  await Promise.all([reading, writing]);
}
