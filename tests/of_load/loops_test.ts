/** What a load generator measures, against servers whose rests the test decides on. No speed is judged. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { serve } from "../../models/3_io_multiplexing.ts";
import { Generator, type Share, WARM_UP_GRACE_MS } from "../load/generator/generator.ts";
import { Generators, sharesOf } from "../load/generator/generators.ts";
import type { Tally } from "../load/generator/tally.ts";
import { WORK_SIZES, WORKS } from "../load/generator/work.ts";
import { PausedServer } from "./paused_server.ts";

/** One client that asks for PING. */
const ONE: Omit<Share, "address"> = {
  work: { name: "ping", size: 0 },
  ...{ clients: 1, idle: 0, pipeline: 1, churn: false, offsetMs: 0, seed: 1 },
};
const PAUSE_MS = 600, RATE = 100;

/** Replies that took at least so long. */
function slow({ latency }: Tally, leastMs: number): number {
  let count = 0;
  for (let percent = 0; percent < 100; percent += 100 / latency.totalCount) {
    if (latency.getValueAtPercentile(percent + 50 / latency.totalCount) >= leastMs * 1000) count++;
  }
  return count;
}

/** A run during which the server rests from the first request on, as long as the run lasts. */
async function restedRun(rate?: number): Promise<Tally> {
  await using server = new PausedServer();
  const generator = await Generator.connect({ ...ONE, address: server.address, rate });
  const goOn = server.pause();
  const running = generator.run(PAUSE_MS);
  // The run has begun, so the rest lasts at least as long as it; a busy machine makes it longer.
  setTimeout(goOn, PAUSE_MS + 50);
  const tally = await running;
  generator.close();
  return tally;
}

Deno.test("at a fixed rate a server's rest is in the time of every request that should have gone", async () => {
  const tally = await restedRun(RATE);
  assertEquals(tally.latency.totalCount, PAUSE_MS * RATE / 1000);
  // Request k should have gone after k / rate: half of them waited at least for half of the rest.
  assert(slow(tally, PAUSE_MS / 2) >= PAUSE_MS * RATE / 1000 / 2 - 1);
});

Deno.test("in a closed loop the same rest is in the time of one request, and in no percentile", async () => {
  const tally = await restedRun();
  assertEquals(tally.latency.totalCount, 1);
});

Deno.test("what has no reply when a run is stopped counts with its time until then", async () => {
  for (const rate of [undefined, 1000]) {
    await using server = new PausedServer(false);
    const share = { ...ONE, address: server.address, clients: 3, rate };
    const generator = await Generator.connect(share);
    const running = generator.run(60_000);
    await server.until(3);
    generator.stop();
    const { replies, unanswered, latency } = await running;
    assertEquals(replies, 0);
    assertEquals(latency.totalCount, unanswered);
    assert(rate === undefined ? unanswered === 3 : unanswered >= 3, `${unanswered}`);
    generator.close();
  }
});

Deno.test("a connection each, or one for all requests", async () => {
  for (const churn of [true, false]) {
    await using server = new PausedServer();
    const generator = await Generator.connect({ ...ONE, address: server.address, churn });
    const running = generator.run(60_000);
    await server.until(20);
    generator.stop();
    const { replies } = await running;
    if (churn) assert(server.accepted >= replies && server.requests <= server.accepted);
    else assertEquals(server.accepted, 1);
    generator.close();
  }
});

Deno.test("an error, and a server that leaves, end the run and are told", async () => {
  await using wrong = new PausedServer(true, new TextEncoder().encode("-ERR no such thing\r\n"));
  const generator = await Generator.connect({ ...ONE, address: wrong.address });
  await assertRejects(() => generator.run(60_000), Error, "the server replied -ERR no such thing");
  generator.close();
  const gone = new PausedServer(false);
  const other = await Generator.connect({ ...ONE, address: gone.address });
  const running = other.run(60_000);
  await gone.until(1);
  await gone[Symbol.asyncDispose]();
  await assertRejects(() => running, Error);
  other.close();
});

Deno.test("the replies of a model are what is due, of every work, in pieces and by ones", async () => {
  const server = serve({});
  const address = { hostname: "127.0.0.1", port: server.addr.port };
  for (const name of WORKS) {
    const usual = name === "ping" || name === "mix" ? 0 : WORK_SIZES[name].usual;
    for (const pipeline of [1, 7]) {
      const work = { name, size: usual };
      const generator = await Generator.connect({ ...ONE, address, work, pipeline, clients: 2 });
      const { replies, unanswered } = await generator.run(30, WARM_UP_GRACE_MS);
      assert(replies >= 2 * pipeline, `${name}: ${replies}`);
      assertEquals(unanswered, 0);
      generator.close();
    }
  }
  await server.shutdown();
});

Deno.test("threads share clients, idle clients and rate, and lose none", async () => {
  await using server = new PausedServer();
  const load = { ...ONE, address: server.address, clients: 5, idle: 4, rate: 500 };
  const shares = sharesOf(load, 3);
  const sum = (figure: (share: Share) => number) =>
    shares.reduce((all, one) => all + figure(one), 0);
  assertEquals(sum(({ clients }) => clients), 5);
  assertEquals(sum(({ idle }) => idle), 4);
  assertEquals(Math.round(sum(({ rate }) => rate ?? 0)), 500);
  assertEquals(sharesOf({ ...load, clients: 2 }, 3).length, 2);
  const generators = await Generators.connect(load, 3);
  const tally = await generators.run(100);
  await server.untilAccepted(9);
  generators.close();
  assertEquals(server.accepted, 9);
  assertEquals(tally.replies + tally.unanswered, tally.latency.totalCount);
  // 100 ms at 500 a second; the first requests of the threads are 2 ms apart.
  const due = tally.latency.totalCount;
  assert(due >= 45 && due <= 50, `${due}`);
});
