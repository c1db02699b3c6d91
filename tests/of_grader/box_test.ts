/** Bubblewrap: what its box holds in, tried one by one, and what becomes of strangers without it. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { bubblewrapWorks } from "../grader/submission/bubblewrap.ts";
import { RunningServer } from "../grader/server/running_server.ts";
import { expectEnded, FOLDER, start, test, untilRunning, written } from "./sandbox_kit.ts";

const noBox = !bubblewrapWorks();

function testInBox(name: string, run: () => Promise<void>): void {
  test(noBox ? `${name} (skipped: needs bubblewrap 0.7)` : name, run, noBox);
}

/** What a command came through with, in its box or without. */
async function tried(sandbox?: "bubblewrap") {
  const folder = await Deno.makeTempDir();
  await Deno.copyFile(`${FOLDER}boxed.ts`, `${folder}/boxed.ts`);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const run = `"${Deno.execPath()}" run -A --no-config ${folder}/boxed.ts`;
  const command = `${run} {port} ${Deno.pid} ${listener.addr.port}`;
  const target = { kind: "command", name: "boxed.ts", command, sandbox } as const;
  const server = await RunningServer.start(target);
  const conn = await Deno.connect({ port: server.port });
  try {
    const reply = await new Response(conn.readable).json();
    return { ...reply, threads: server.threads().length };
  } finally {
    await server.stop();
    listener.close();
    await Deno.remove(folder, { recursive: true });
  }
}

testInBox("a command in bubblewrap can be graded, and its box holds", async () => {
  const { cameThrough, threads, daemon } = await tried("bubblewrap");
  assertEquals(cameThrough, []);
  // From outside the box every thread of its programs can be seen.
  assert(threads > 3, `${threads} threads`);
  await untilRunning(0, daemon);
});

testInBox("the network is not held in by a box", async () => {
  assertEquals((await tried("bubblewrap")).reaches, true);
});

test("a command without a box may do what its user may", async () => {
  const { cameThrough, daemon } = await tried();
  assert(cameThrough.includes("reads the model"), `${cameThrough}`);
  assert(cameThrough.includes("reads the claims"), `${cameThrough}`);
  await untilRunning(0, daemon);
  await Deno.remove(new URL("../../written_from_a_box", import.meta.url)).catch(() => {});
});

testInBox("a process that a submission starts can do no more than its box allows", async () => {
  const server = await start("processes_try_everything", "boxed");
  try {
    const lines = (await written(server, /^tried \d\d things$/m)).split("\n");
    assertEquals(lines.filter((line) => /^(came through|failed)/.test(line)), []);
    await untilRunning(1, `; // ${server.port}\0`);
  } finally {
    await server.stop();
  }
  await untilRunning(0, `; // ${server.port}\0`);
});

const greedy = {
  process_takes_memory: "takes memory in a process that it started",
  forks: "starts processes that start processes",
};

for (const [name, does] of Object.entries(greedy)) {
  testInBox(`a server that ${does} is ended, and the reason is told`, () => {
    return expectEnded(name, "boxed");
  });
}

test("where no box can be made, a stranger's processes are refused in one line", async () => {
  const grade = new URL("../grader/grade.ts", import.meta.url).pathname;
  const args = ["run", "-A", "--cached-only", grade, "6", "--file", `${FOLDER}says_nothing.ts`];
  const options = { args, env: { PATH: "/none" } };
  const { code, stderr } = await new Deno.Command(Deno.execPath(), options).output();
  const line = new TextDecoder().decode(stderr);
  assertMatch(line, /^[^\n]+: lesson 6 starts processes, which nothing here could hold in; .+\n$/);
  assertEquals(code, 2);
});
