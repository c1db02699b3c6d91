/** The system calls: structs as C has them, errors with their names, timers, doorbells. */
import { assertEquals, assertThrows } from "@std/assert";
import { ownAddress, packAddress, unpackAddress } from "../../models/parts/kernel/address.ts";
import { Doorbell } from "../../models/parts/kernel/doorbell.ts";
import { epollLayout } from "../../models/parts/kernel/epoll.ts";
import { KernelLoop } from "../../models/parts/kernel/kernel_loop.ts";
import { kernelFloorExists, libc } from "../../models/parts/kernel/libc.ts";
import { acceptOne, hasLeft, openListener } from "../../models/parts/kernel/listen_calls.ts";
import {
  closeDescriptor,
  receiveBlocking,
  receiveNow,
  sendNow,
} from "../../models/parts/kernel/socket_calls.ts";
import { CONNECTION, DOORBELL, LISTENER, StopList } from "../../models/parts/kernel/stop_list.ts";
import { SystemCallError } from "../../models/parts/kernel/system_call_error.ts";
import { TimerQueue } from "../../models/parts/kernel/timer_queue.ts";

const ignore = !kernelFloorExists();
const why = ignore ? " (not run: there is no kernel floor here)" : "";

// Opened once for the process, and never closed: not by the first test that needs it.
if (!ignore) libc();

function testCalls(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name: `kernel: ${name}${why}`, ignore, fn });
}

Deno.test("kernel: epoll_event is packed on x86-64, and only there", () => {
  assertEquals(epollLayout("x86_64"), { size: 12, dataAt: 4 });
  assertEquals(epollLayout("aarch64"), { size: 16, dataAt: 8 });
});

testCalls("an address goes into its struct and comes out again", () => {
  const addresses = [["127.0.0.1", 8003], ["0.0.0.0", 1], ["::1", 65535], ["::", 80]] as const;
  for (const [hostname, port] of addresses) {
    assertEquals(unpackAddress(packAddress(hostname, port)), { transport: "tcp", hostname, port });
  }
  assertEquals(unpackAddress(packAddress("localhost", 7)).hostname, "127.0.0.1");
  assertThrows(() => packAddress("no.such.host", 1), URIError);
});

testCalls("a call that fails says its name, and why", () => {
  const NONE = 1_000_000;
  const bytes = new Uint8Array(1);
  const message = (call: () => unknown) => assertThrows(call, SystemCallError).message;
  assertEquals(message(() => receiveNow(NONE, bytes)), "EBADF in recv");
  assertEquals(message(() => sendNow(NONE, bytes)), "EBADF in send");
  assertEquals(message(() => acceptOne(NONE)), "EBADF in accept4");
  assertEquals(message(() => closeDescriptor(NONE)), "EBADF in close");
  const own = openListener({ hostname: "127.0.0.1", port: 0 }, false);
  assertEquals(acceptOne(own), undefined);
  closeDescriptor(own);
});

testCalls("a client has left when it has ended and said nothing", async () => {
  const own = openListener({ hostname: "127.0.0.1", port: 0 }, true);
  const { port } = ownAddress(own);
  const byte = new Uint8Array(1);
  const connect = async () => {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    return { conn, accepted: acceptOne(own)! };
  };
  const silent = await connect();
  assertEquals(hasLeft(silent.accepted), false);
  await silent.conn.closeWrite();
  assertEquals(receiveBlocking(silent.accepted, byte), null);
  assertEquals(hasLeft(silent.accepted), true);
  silent.conn.close();
  const speaking = await connect();
  await speaking.conn.write(byte);
  speaking.conn.close();
  assertEquals(hasLeft(speaking.accepted), false);
  for (const fd of [silent.accepted, speaking.accepted, own]) closeDescriptor(fd);
});

testCalls("an address in use, or of another machine, is what Deno.listen says it is", () => {
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = other.addr;
  assertThrows(() => openListener({ hostname: "127.0.0.1", port }, true), Deno.errors.AddrInUse);
  assertThrows(
    () => openListener({ hostname: "192.0.2.1", port: 0 }, true),
    Deno.errors.AddrNotAvailable,
  );
});

Deno.test("kernel: timers of several lengths run in their order, those cancelled do not", () => {
  const timers = new TimerQueue();
  const ran: string[] = [];
  assertEquals(timers.untilDueMs(), Infinity);
  timers.start(() => ran.push("second"), 0.001);
  timers.start(() => ran.push("first"), 0);
  timers.start(() => ran.push("never"), 0).cancel();
  const later = timers.start(() => ran.push("much later"), 60_000);
  while (ran.length < 2) timers.runDue();
  assertEquals(ran.toSorted(), ["first", "second"]);
  assertEquals(timers.untilDueMs() > 59_000, true);
  later.cancel();
  assertEquals(timers.isEmpty, true);
});

Deno.test("kernel: a timer may start and cancel others when it runs", () => {
  const timers = new TimerQueue();
  const ran: string[] = [];
  timers.start(() => {
    other.cancel();
    timers.start(() => ran.push("next time"), 0);
  }, 0);
  const other = timers.start(() => ran.push("cancelled"), 0);
  timers.runDue();
  assertEquals(ran, []);
  timers.runDue();
  assertEquals(ran, ["next time"]);
});

Deno.test("kernel: the list of what is woken has what was added, and not what was removed", () => {
  const memory = StopList.allocate(3);
  const [mine, others] = [new StopList(memory), new StopList(memory)];
  const place = mine.add(LISTENER, 7);
  mine.add(CONNECTION, 9);
  others.add(DOORBELL, 11);
  assertThrows(() => others.add(CONNECTION, 12), Error, "full");
  others.remove(place);
  const seen: number[][] = [];
  others.forEach([LISTENER, CONNECTION, DOORBELL], (fd, kind) => seen.push([fd, kind]));
  assertEquals(seen, [[9, CONNECTION], [11, DOORBELL]]);
});

testCalls("a loop that is blocked is woken by its doorbell, each time", async () => {
  const list = new StopList(StopList.allocate(8));
  const bell = new Doorbell(Doorbell.allocate());
  const thread = new Worker(new URL("./ringing_thread.ts", import.meta.url), { type: "module" });
  const loop = new KernelLoop(bell, list, () => false, new Set());
  const answers = new Int32Array(new SharedArrayBuffer(8));
  thread.postMessage({ bell: bell.memory, answers });
  for (let round = 1; round <= 2000; round++) {
    await loop.until(() => Atomics.load(answers, 0) === round);
    Atomics.store(answers, 1, round);
    Atomics.notify(answers, 1);
  }
  thread.terminate();
  loop.close();
  bell.close(list);
});
