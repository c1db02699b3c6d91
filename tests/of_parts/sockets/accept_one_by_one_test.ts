/** When a process that shares its listening socket accepts, and how long it lets others go first. */
import { assertEquals, assertRejects } from "@std/assert";
import { acceptOneByOne, OneByOne } from "../../../models/parts/sockets/accept_one_by_one.ts";
import type { CListener } from "../../../models/parts/sockets/c_accept.ts";
import { listenAtOnce, netAddress } from "../../../models/parts/sockets/node_listener.ts";
import { NodeSocketStream } from "../../../models/parts/sockets/node_socket_stream.ts";

const ADDR = { transport: "tcp", hostname: "127.0.0.1", port: 1 } as const;
const NONE = -1;

/** A listening socket on which nobody can be accepted, and whether somebody waits all the same. */
function nobody(waits: (tries: number) => boolean): CListener & { tries: number } {
  return {
    tries: 0,
    untilReady: () => Promise.resolve(),
    isReady() {
      return waits(this.tries);
    },
    accept() {
      this.tries++;
      return NONE;
    },
  };
}

/** What is asked of a timer meanwhile, in ms; it goes off in the next turn. */
async function timersIn(run: () => Promise<void>, onTimer = (_count: number) => {}) {
  const timers: number[] = [];
  const original = globalThis.setTimeout;
  const atOnce = (resolve: () => void, ms = 0) => {
    onTimer(timers.push(ms));
    return original(resolve, 0);
  };
  globalThis.setTimeout = atOnce as typeof setTimeout;
  try {
    await run();
    // Those that nobody waits for any more go off, too.
    await new Promise((resolve) => original(resolve, 0));
  } finally {
    globalThis.setTimeout = original;
  }
  return timers;
}

/** The first pauses of a process that cannot accept. */
async function pausesOf(listener: CListener, connections: number, most: number) {
  const oneByOne = new OneByOne(listener, ADDR, () => connections, NodeSocketStream.open);
  const run = async () => {
    await assertRejects(() => oneByOne.accept(), Deno.errors.BadResource);
  };
  return await timersIn(run, (count) => count === most && oneByOne.close());
}

Deno.test("a process that has connections lets others go first, 10 ms at most", async () => {
  for (const [connections, ms] of [[1, 2], [3, 6], [200, 10]]) {
    assertEquals(await pausesOf(nobody(() => false), connections, 1), [ms]);
  }
});

Deno.test("a process that was beaten soon tries again", async () => {
  assertEquals(await pausesOf(nobody(() => false), 1, 5), [2, 1, 1, 1, 1]);
});

Deno.test("a process that cannot accept tries ever more seldom, while the client waits", async () => {
  const pauses = await pausesOf(nobody(() => true), 1, 9);
  assertEquals(pauses, [2, 1, 2, 4, 8, 16, 32, 50, 50]);
});

Deno.test("a listening socket that is closed while it waits accepts no more", async () => {
  const never = new Promise<void>(() => {});
  const listener = { ...nobody(() => false), untilReady: () => never };
  const oneByOne = new OneByOne(listener, ADDR, () => 0, NodeSocketStream.open);
  const accepted = oneByOne.accept();
  setTimeout(() => oneByOne.close(), 0);
  await assertRejects(() => accepted, Deno.errors.BadResource);
});

// The C library stays open as long as the process lives.
const untilTheEnd = { sanitizeResources: false, ignore: Deno.build.os === "windows" };

Deno.test(
  "a pause after which a client waits helped nobody: the next is shorter",
  untilTheEnd,
  async () => {
    const server = listenAtOnce({ hostname: "127.0.0.1", port: 0 })!;
    const { hostname, port } = netAddress(server);
    const oneByOne = acceptOneByOne(server, () => 200)!;
    const clients: Deno.Conn[] = [];
    for (let i = 0; i < 6; i++) clients.push(await Deno.connect({ hostname, port }));
    const timers = await timersIn(async () => {
      for (const _ of clients) (await oneByOne.accept()).close();
    });
    assertEquals(timers.slice(0, 4), [10, 5, 2.5, 1.25]);
    for (const conn of clients) conn.close();
    oneByOne.close();
  },
);
