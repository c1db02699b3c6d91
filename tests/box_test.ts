/** Bubblewrap: what its box holds in, tried one by one, and what becomes of strangers without it. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { bubblewrapWorks } from "./grader/bubblewrap.ts";
import { RunningServer } from "./grader/target.ts";
import { expectEnded, FOLDER, start, test, untilRunning, written } from "./sandbox_kit.ts";

const noBox = !bubblewrapWorks();

function testInBox(name: string, run: () => Promise<void>): void {
  test(noBox ? `${name} (skipped: needs bubblewrap 0.7)` : name, run, noBox);
}

testInBox("a command in bubblewrap can be graded, and its box holds", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.copyFile(`${FOLDER}boxed.ts`, `${folder}/boxed.ts`);
  const command = `"${Deno.execPath()}" run -A --no-config ${folder}/boxed.ts {port} ${Deno.pid}`;
  const target = { kind: "command", name: "boxed.ts", command, sandbox: "bubblewrap" } as const;
  const server = await RunningServer.start(target);
  const conn = await Deno.connect({ port: server.port });
  let left: string | undefined;
  try {
    const reply = await new Response(conn.readable).json();
    left = reply.daemon;
    assertEquals(reply.cameThrough, []);
    // From outside the box every thread of its programs can be seen.
    assert(server.threads().length > 3, `${server.threads().length} threads`);
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
  await untilRunning(0, `${left}`);
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
  const grade = new URL("grader/grade.ts", import.meta.url).pathname;
  const args = ["run", "-A", "--cached-only", grade, "6", "--file", `${FOLDER}says_nothing.ts`];
  const options = { args, env: { PATH: "/none" } };
  const { code, stderr } = await new Deno.Command(Deno.execPath(), options).output();
  const line = new TextDecoder().decode(stderr);
  assertMatch(line, /^[^\n]+: lesson 6 starts processes, which nothing here could hold in; .+\n$/);
  assertEquals(code, 2);
});
