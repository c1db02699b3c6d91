/**
 * Why there are places that work around Deno: each reason, tried on the Deno that runs the tests. One
 * that fails here is good news: look for its comment, `Deno 2.9.6: …`, and take the workaround out.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { connectAndReset } from "../conformance/wire.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { within } from "../of_parts/helpers.ts";

const linux = Deno.build.os === "linux";
/** A thread of a thread is half a second late; otherwise it takes some tens of ms. */
const LATE_MS = 400, MOST_TRIES = 20;

/** What a program in one line writes, run as `sh -c` has it; `$0` is Deno. */
async function shell(script: string): Promise<string> {
  const command = new Deno.Command("sh", { args: ["-c", script, Deno.execPath()] });
  const { stdout, stderr } = await within(command.output(), "the end of the program");
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test({
  name: "accept() throws for a client that has reset already (accept.ts)",
  ignore: !linux,
  async fn() {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    await connectAndReset({ port: listener.addr.port } as RunningServer, "");
    await assertRejects(() => within(listener.accept(), "accept"), Deno.errors.NotConnected);
  },
});

Deno.test({
  name: "a Deno.Conn does not tell its descriptor, a socket of Node's does (node_listener.ts)",
  ignore: !linux,
  async fn() {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    using client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
    using conn = await listener.accept();
    assert(!("fd" in conn) && !("fd" in client));
    const server = process.getBuiltinModule("node:net").createServer() as unknown as {
      _listen2?: unknown;
    };
    assertEquals(typeof server._listen2, "function");
  },
});

Deno.test({
  name: "a Worker that starts without descriptors is a panic (descriptors.ts)",
  ignore: !linux,
  async fn() {
    const program = "for (let i = 0; i < 20; i++) new Worker('data:text/javascript,', " +
      "{ type: 'module' }); setTimeout(() => Deno.exit(), 60_000)";
    const said = await shell(`ulimit -n 64; exec "$0" eval "${program}"`);
    assert(said.includes("panicked"), said);
  },
});

/** How long a thread takes that a Worker starts, in ms. */
async function threadOfThreadMs(): Promise<number> {
  const inner = "data:text/javascript,postMessage(0);close()";
  const outer = "data:text/javascript," + encodeURIComponent(`
    const startMs = performance.now();
    new Worker("${inner}", { type: "module" }).onmessage = () => {
      postMessage(performance.now() - startMs);
      close();
    };`);
  const worker = new Worker(outer, { type: "module" });
  const late = new Promise<number>((resolve) => worker.onmessage = ({ data }) => resolve(data));
  return await within(late, "the thread of a thread");
}

Deno.test("a thread that a Worker starts is late (event_threads.ts)", async () => {
  // Not each time: on a busy machine one in some was up after 83 ms.
  const tookMs = [await threadOfThreadMs()];
  while (Math.max(...tookMs) <= LATE_MS && tookMs.length < MOST_TRIES) {
    tookMs.push(await threadOfThreadMs());
  }
  assert(Math.max(...tookMs) > LATE_MS, `they took ${tookMs.map(Math.round)} ms`);
});

Deno.test({
  name: "with /proc hidden Node's modules are a panic (proc_needed.ts)",
  ignore: !linux || !(await shell("command -v bwrap")).includes("bwrap"),
  async fn() {
    const hidden = "bwrap --dev-bind / / --tmpfs /proc --die-with-parent";
    const said = await shell(`${hidden} "$0" eval 'import("node:net").then(() => console.log(1))'`);
    assert(said.includes("/proc/self/exe"), said);
  },
});

Deno.test("each comment that begins with the version names a reason that is tried", async () => {
  const here = await Deno.readTextFile(new URL(import.meta.url)) +
    await Deno.readTextFile(new URL("./runtime_accept_test.ts", import.meta.url));
  const parts = new URL("../../models/parts/", import.meta.url);
  const found: string[] = [];
  const look = async (folder: URL) => {
    for await (const entry of Deno.readDir(folder)) {
      const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
      if (entry.isDirectory) await look(url);
      else if ((await Deno.readTextFile(url)).includes("// Deno 2.9.6:")) found.push(entry.name);
    }
  };
  await look(parts);
  assert(found.length > 3, `${found}`);
  for (const name of found) assert(here.includes(`(${name})`), `${name}: no test tries it`);
});
