/** What holds a submission, tried one by one: permissions, environment, and the end of everything. */
import { existsSync } from "node:fs";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { alive, procExists } from "./grader/proc.ts";
import { processesWith } from "./grader/processes.ts";
import { checkSubmission } from "./grader/submission.ts";
import { RunningServer, type Target, TargetError } from "./grader/target.ts";

const FOLDER = new URL("hostile/", import.meta.url).pathname;
const HUNG_MS = 15_000;

function test(name: string, run: () => Promise<void>, ignore = false): void {
  Deno.test({ name, ignore: ignore || !procExists }, run);
}

async function start(name: string): Promise<RunningServer> {
  const checked = await checkSubmission(`${FOLDER}${name}.ts`);
  if ("refused" in checked) throw new Error(checked.refused);
  return await RunningServer.start(checked.target);
}

/** Waits until the server has written what is looked for. */
async function written(server: RunningServer, pattern: RegExp): Promise<string> {
  for (const endMs = Date.now() + HUNG_MS; !pattern.test(server.stderr);) {
    assert(Date.now() < endMs && server.running, `it only wrote: ${server.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return server.stderr;
}

test("a submission can do nothing but what a server needs", async () => {
  const server = await start("tries_everything");
  try {
    const lines = (await written(server, /^tried \d\d things$/m)).split("\n");
    assertEquals(lines.filter((line) => /^(came through|failed)/.test(line)), []);
  } finally {
    await server.stop();
  }
});

test("a submission inherits no variable and no open file", async () => {
  Deno.env.set("CONNFD_TEST_TOKEN", "secret");
  const path = await Deno.makeTempFile();
  const file = await Deno.open(path, { write: true });
  const server = await start("says_nothing");
  try {
    const environ = Deno.readTextFileSync(`/proc/${server.pid}/environ`).split("\0");
    const names = environ.filter((entry) => entry !== "").map((entry) => entry.split("=")[0]);
    assertEquals(names.sort(), ["CONNFD_GRADED", "DENO_DIR", "DENO_NO_UPDATE_CHECK", "NO_COLOR"]);
    const open = `/proc/${server.pid}/fd`;
    const files = Array.from(Deno.readDirSync(open), ({ name }) => linkOf(`${open}/${name}`));
    assertEquals(files.includes(path), false);
  } finally {
    await server.stop();
    file.close();
    await Deno.remove(path);
    Deno.env.delete("CONNFD_TEST_TOKEN");
  }
});

function linkOf(path: string): string {
  try {
    return Deno.readLinkSync(path);
  } catch {
    return "";
  }
}

for (const name of ["takes_memory", "starts_threads"]) {
  test(`a server that ${name.replace("_", " ")} is ended, and the reason is told`, async () => {
    const server = await start(name);
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    const endMs = Date.now() + HUNG_MS;
    while (server.running && Date.now() < endMs) await new Promise((done) => setTimeout(done, 20));
    conn.close();
    await server.stop();
    assertMatch(server.lastWords, /^ended by the grader: it (had|used) \d+ .+ are allowed$/);
  });
}

test("a server that takes no notice of signals, and spins, is ended at once", async () => {
  const server = await start("never_stops");
  await server.stop();
  assertEquals(alive(server.pid), false);
});

test("a command that becomes a daemon is found and ended", async () => {
  const command = `sh "${FOLDER}escapes.sh" {port}`;
  const target: Target = { kind: "command", name: "escapes.sh", command };
  const error = await assertRejects(() => RunningServer.start(target), TargetError);
  assertMatch(error.message, /^ended before it listened/);
  assertEquals(processesWith(`${Deno.pid}-`), []);
});

test("a submission ends with a grader that is killed", async () => {
  const args = ["run", "-A", "--cached-only", `${FOLDER}grader.ts`, `${FOLDER}never_stops.ts`];
  const grader = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  const reader = grader.stdout.getReader();
  const server = Number(new TextDecoder().decode((await reader.read()).value));
  grader.kill("SIGKILL");
  await Promise.all([grader.status, reader.cancel()]);
  const endMs = Date.now() + HUNG_MS;
  while (alive(server) && Date.now() < endMs) await new Promise((done) => setTimeout(done, 20));
  const lives = alive(server);
  if (lives) Deno.kill(server, "SIGKILL");
  assert(!lives, "the submission outlived its grader");
}, !existsSync("/usr/bin/setpriv"));

/** Whether there is bubblewrap here, and it may make a box. */
function boxes(): boolean {
  try {
    const args = ["--ro-bind", "/", "/", "--unshare-all", "true"];
    return new Deno.Command("bwrap", { args, stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

test("a command in bubblewrap can be graded, and its box holds", async () => {
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
  assertEquals(commandLines().filter((line) => line.includes(`${left}`)), []);
}, !boxes());

function commandLines(): string[] {
  const pids = Array.from(Deno.readDirSync("/proc"), ({ name }) => name).filter(Number);
  return pids.map((pid) => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/cmdline`);
    } catch {
      return "";
    }
  });
}
