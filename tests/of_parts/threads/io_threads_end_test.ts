/** IoThreads: a thread that dies takes its own clients down, and nothing is lost. */
import { assertEquals } from "@std/assert";
import { test } from "../sockets/handover_kit.ts";
import { expectGone, expectText, openDescriptors, send, until } from "../helpers.ts";
import { clientOf, start } from "./io_threads_kit.ts";

const LINUX = Deno.build.os === "linux";

/** Runs `body` while threads die, and returns what was said of it. */
async function reportsOf(body: () => Promise<void>): Promise<string[]> {
  const report = console.error;
  const reports: string[] = [];
  console.error = (line: string) => void reports.push(line);
  await body().finally(() => console.error = report);
  return reports;
}

test("IoThreads: a thread that dies takes its own clients along, and is replaced", async (way) => {
  const server = start(way, 2);
  const reports = await reportsOf(async () => {
    const [a, b] = [await clientOf(server, "io-1"), await clientOf(server, "io-2")];
    const [c, d] = [await clientOf(server, "io-1"), await clientOf(server, "io-2")];
    await send(a, "DIE 0\r\n");
    for (const conn of [a, c]) await expectGone(conn);
    await server.counted(2);
    for (const conn of [b, d]) {
      await send(conn, "PING\r\n");
      await expectText(conn, "+PONG\r\n");
    }
    await until(() => server.context.state.counters.threads === 3, "the thread is replaced");
    const next = await clientOf(server, "io-1");
    for (const conn of [a, b, c, d, next]) conn.close();
    await server.counted(0);
  });
  assertEquals(reports, ["io-1 died: Uncaught (in promise) Error: made to fail by the test"]);
  await server.end();
  assertEquals(server.context.state.counters.threads, 1);
});

/** A thread has some of its own, and the end of one and the start of the next overlap. */
const SPARE = 4;

test("IoThreads: what a thread died without taking is closed, and nothing left open", async (way) => {
  const server = start(way, 1);
  let before = Infinity;
  const reports = await reportsOf(async () => {
    for (let round = 0; round < 5; round++) {
      const fatal = await clientOf(server, "io-1");
      await send(fatal, "DIE 2\r\n");
      const unlucky = await server.client();
      for (const conn of [fatal, unlucky]) {
        await expectGone(conn);
        conn.close();
      }
      await server.counted(0);
      (await clientOf(server, "io-1")).close();
      await server.counted(0);
      if (round === 0 && LINUX) before = openDescriptors();
    }
  });
  assertEquals(reports.length, 5);
  if (LINUX) await until(() => openDescriptors() <= before + SPARE, "descriptors are closed");
  await server.end();
});
