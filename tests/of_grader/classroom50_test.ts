/** The Classroom 50 script: what it leaves behind, however it ends, and where it writes. */
import { assert, assertEquals } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { goodSubmission, run, withFiles } from "./grader_program.ts";
import { commandLines, countOf, GONE_MS, HUNG_MS, until } from "./left_behind_kit.ts";
import { ROOT } from "../of_lessons/program.ts";

const AUTOGRADER = "lessons/instructors/classroom50/autograder.py";
const NOT_THERE = `export const answer = 42;\n`;

/** A test with the script and a checkout as the runner has them. */
function test(
  name: string,
  exercise: string,
  body: (folder: string, start: (limitS: number) => Deno.ChildProcess) => Promise<void>,
): void {
  Deno.test({ name: `Classroom 50: ${name}`, ignore: !procExists }, async () => {
    await withFiles({ "checkout/exercise.ts": exercise, "tmp/.keep": "" }, async (folder) => {
      const made = await run("gradescope-bundle", ["--lesson=3", `--out=${folder}/connfd`]);
      assertEquals(made.code, 0, made.stderr);
      await Deno.copyFile(new URL(AUTOGRADER, ROOT), `${folder}/autograder.py`);
      await body(folder, (limitS) =>
        new Deno.Command("python3", {
          args: [`${folder}/autograder.py`],
          cwd: `${folder}/checkout`,
          env: { CONNFD_LIMIT_S: `${limitS}`, TMPDIR: `${folder}/tmp` },
          stdout: "null",
          stderr: "null",
        }).spawn());
    });
  });
}

function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name);
}

test("after its time limit nothing is left, and no result", goodSubmission(), async (
  folder,
  start,
) => {
  assertEquals((await start(2.5).status).code, 1);
  assertEquals(commandLines().filter((line) => line.includes(folder)), []);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assertEquals(namesIn(`${folder}/checkout`), ["exercise.ts"]);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  test(`after ${signal} nothing is left, and no result`, goodSubmission(), async (
    folder,
    start,
  ) => {
    const script = start(600);
    const copy = `${folder}/tmp/connfd-`;
    const servers = () => countOf(`host.ts file://${copy}`);
    assert(await until(() => servers() > 0, HUNG_MS), "no server was started");
    script.kill(signal);
    await script.status;
    await until(() => countOf(folder) === 0, GONE_MS);
    assertEquals(commandLines().filter((line) => line.includes(folder)), []);
    assertEquals(namesIn(`${folder}/checkout`), ["exercise.ts"]);
    await until(() => namesIn(`${folder}/tmp`).length === 1, GONE_MS);
    assertEquals(namesIn(`${folder}/tmp`), [".keep"]);
  });
}

test("what is committed as result.json leads nothing elsewhere", NOT_THERE, async (
  folder,
  start,
) => {
  const result = `${folder}/checkout/result.json`, mine = `${folder}/mine.txt`;
  await Deno.writeTextFile(mine, "mine");
  const commits: (() => Promise<void>)[] = [
    () => Deno.symlink(mine, result),
    () => Deno.mkdir(`${result}/a`, { recursive: true }),
  ];
  for (const commit of commits) {
    await commit();
    assertEquals((await start(600).status).code, 0);
    assertEquals(JSON.parse(await Deno.readTextFile(result)).score, 0);
    await Deno.remove(result);
  }
  assertEquals(await Deno.readTextFile(mine), "mine");
  assertEquals(namesIn(`${folder}/tmp`), [".keep"]);
});
