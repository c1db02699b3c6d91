/**
 * Who blocks where, as the lesson 'Below the runtime' has it in a table: seen from outside, in what the
 * kernel says of a thread that it has put to sleep.
 */
import { assertEquals } from "@std/assert";
import { kernelSubjects, subjectsOn } from "../conformance/subjects.ts";
import { testEach } from "../conformance/tests.ts";
import { ask, connect } from "../conformance/wire.ts";
import { until } from "../of_parts/helpers.ts";

const LESSON = new URL("../../lessons/below-the-runtime/README.md", import.meta.url);
/** A row: the model's number, and where its main thread blocks. */
const ROW = /^\| (\d) +\| ([^|]*?) +\| ([^|]*?) *\|$/gm;

/** The numbers of system calls, as the C library makes them, by their names in C. */
const NUMBERS = {
  x86_64: { accept4: 288, recv: 45, epoll_wait: 232 },
  aarch64: { accept4: 242, recv: 207, epoll_wait: 22 },
} as const;
const CALLS = Object.entries(NUMBERS[Deno.build.arch]);

/** By model, the call in which its main thread waits for clients; none of model 6, which is Deno's. */
function tableOf(text: string): Map<number, string | undefined> {
  const [, section] = text.split("\n### Who blocks where\n");
  const rows = section.split("\n## ")[0].matchAll(ROW);
  return new Map(Array.from(rows, ([, model, main]) => [Number(model), /`(\w+)`/.exec(main)?.[1]]));
}

/** The call in which a thread sleeps; empty: another, or none. Throws where the kernel does not tell. */
function callOf(pid: number, tid: number): string {
  const [number] = Deno.readTextFileSync(`/proc/${pid}/task/${tid}/syscall`).split(" ");
  return CALLS.find(([, one]) => one === Number(number))?.[0] ?? "";
}

/** The calls in which a process's threads sleep. */
function callsOf(pid: number): string[] {
  return Array.from(Deno.readDirSync(`/proc/${pid}/task`), ({ name }) => {
    try {
      return callOf(pid, Number(name));
    } catch {
      // It has ended meanwhile.
      return "";
    }
  });
}

/** Whether the kernel tells of a child process: to ask takes the right to trace it. */
async function isTold(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  const child = new Deno.Command("cat", { stdin: "piped" }).spawn();
  try {
    callOf(child.pid, child.pid);
    return true;
  } catch {
    return false;
  } finally {
    await child.stdin.close();
    await child.status;
  }
}

const mainBlocks = tableOf(await Deno.readTextFile(LESSON));
const told = await isTold();

Deno.test("Below the runtime: the table of who blocks where has every model", () => {
  assertEquals([...mainBlocks.keys()], kernelSubjects.map(({ model }) => model));
});

testEach(
  "its main thread waits for clients in the call that the lesson names",
  async (server, _, { model }) => {
    const call = mainBlocks.get(model)!;
    await until(() => callOf(server.pid, server.pid) === call, `the main thread is in ${call}`);
  },
  { tested: told ? kernelSubjects.filter(({ model }) => mainBlocks.get(model)) : [] },
);

/** How many threads are blocked in `recv`; one of Deno's own always is, for signals. */
const inRecv = (pid: number) => callsOf(pid).filter((call) => call === "recv").length;

testEach(
  "a client that says nothing has a thread blocked in recv",
  async (server, _, { model }) => {
    await until(() => callOf(server.pid, server.pid) === "accept4", "the main thread accepts");
    const before = inRecv(server.pid);
    using _client = await connect(server);
    await until(() => inRecv(server.pid) > before, "a thread more is in recv");
    // In model 1 it is the main thread itself, and nobody accepts.
    const main = model === 1 ? "recv" : "accept4";
    await until(() => callOf(server.pid, server.pid) === main, `the main thread is in ${main}`);
  },
  { tested: told ? kernelSubjects.filter(({ model }) => model <= 2) : [] },
);

testEach(
  "on Deno's floor the main thread waits for its one client in epoll_wait",
  async (server) => {
    using client = await connect(server);
    await ask(client, "PING\r\n", "+PONG\r\n");
    await until(() => callOf(server.pid, server.pid) === "epoll_wait", "it is in epoll_wait");
    assertEquals(callsOf(server.pid).includes("accept4"), false);
  },
  { tested: told ? subjectsOn("deno").filter(({ model }) => model === 1) : [] },
);
