/** `deno task grade` while it runs: a save under `--watch`, and Ctrl-C. */
import { assert, assertEquals } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { goodSubmission, NO_SERVERS, start, withFiles } from "./grader_program.ts";

const ignore = !procExists;

Deno.test({ name: "grade --watch grades again after a save; Ctrl-C ends it", ignore }, async () => {
  await withFiles({ "mine.ts": NO_SERVERS["unparsable.ts"] }, async (folder) => {
    const program = start("grade", ["3", "--watch", `--file=${folder}/mine.ts`]);
    await program.stderr.until(/mine\.ts does not parse/);
    await program.stdout.until(/waiting for a save/);
    await Deno.writeTextFile(`${folder}/mine.ts`, NO_SERVERS["no_serve.ts"]);
    await program.stdout.until(/─{80}\n\d\d:\d\d:\d\d {2}mine\.ts was saved/);
    await program.stderr.until(/does not export a function named serve/);
    program.signal("SIGINT");
    const { code, stderr } = await program.ended;
    assertEquals({ code, lines: stderr.trim().split("\n").length }, { code: 130, lines: 2 });
  });
});

Deno.test({ name: "grade: Ctrl-C ends the servers too, and leaves nothing", ignore }, async () => {
  await withFiles({ "mine.ts": goodSubmission() }, async (folder) => {
    const program = start("grade", ["3", `--file=${folder}/mine.ts`, `--json=${folder}/a.json`]);
    await program.stderr.until(/1\/\d+ /);
    const servers = childrenOf(program.pid);
    assert(servers.length > 0);
    program.signal("SIGINT");
    const { code, stdout } = await program.ended;
    assertEquals({ code, stdout }, { code: 130, stdout: "" });
    // A killed process is gone a moment later; one that was not killed never is.
    for (const endMs = Date.now() + 5000; servers.some(isAlive) && Date.now() < endMs;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assertEquals(servers.filter(isAlive), []);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["mine.ts"]);
  });
});

function childrenOf(pid: number): number[] {
  const tasks = Array.from(Deno.readDirSync(`/proc/${pid}/task`), ({ name }) => name);
  return tasks.flatMap((task) =>
    Deno.readTextFileSync(`/proc/${pid}/task/${task}/children`).trim().split(" ").map(Number)
  ).filter((child) => child > 0);
}

function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}
