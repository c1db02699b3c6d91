/** What holds a submission, tried one by one: permissions, environment, and the end of everything. */
import { existsSync } from "node:fs";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { alive, childrenOf } from "../grader/server/proc.ts";
import { RunningServer } from "../grader/server/running_server.ts";
import { type Target, TargetError } from "../grader/server/target.ts";
import { expectEnded, FOLDER, HUNG_MS, start, test, written } from "./sandbox_kit.ts";

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
    assertEquals(names.sort(), ["DENO_DIR", "DENO_NO_UPDATE_CHECK", "INVOCATION_ID", "NO_COLOR"]);
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

for (const name of ["takes_memory", "starts_threads", "fills_a_disk"]) {
  test(`a server that ${name.replaceAll("_", " ")} is ended, and the reason is told`, () => {
    return expectEnded(name);
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
  assertEquals(childrenOf(Deno.pid).filter(alive), []);
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
