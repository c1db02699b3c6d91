/** Who runs a lesson's file gets a test for each claim, and who imports it gets none. */
import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LESSONS } from "../grader/grading/lessons.ts";
import { type Ended, Program, ROOT } from "../of_lessons/program.ts";

/** Loads the files as `deno test` does; by this filter none of their tests is run. */
async function loadTests(...files: string[]): Promise<Ended> {
  const none = ["--filter", "/^no test has this name$/"];
  return await Program.start(["test", "-A", "--no-check", ...none, ...files]).ended;
}

function registered({ stdout, stderr }: Ended): number {
  const [, count] = /(\d+) filtered out/.exec(stdout) ?? [];
  if (count === undefined) throw new Error(`deno test said: ${stdout}${stderr}`);
  return Number(count);
}

Deno.test("each lesson's file registers a test for each of its claims, beside others too", async () => {
  const files = LESSONS.map(({ lesson }) => `tests/lesson${lesson}_test.ts`);
  const all = LESSONS.reduce((sum, { claims }) => sum + claims.length, 0);
  assertEquals(registered(await loadTests(...files)), all);
  assertEquals(registered(await loadTests(files[2])), LESSONS[2].claims.length);
});

Deno.test("a test that imports the lessons' files has its own tests only", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "imports_test.ts");
    const lessons = fileURLToPath(new URL("tests/grader/grading/lessons.ts", ROOT));
    const text = `import ${JSON.stringify(lessons)};\nDeno.test("its own", () => {});\n`;
    await Deno.writeTextFile(file, text);
    const config = ["--config", fileURLToPath(new URL("deno.json", ROOT))];
    const { code, stdout } = await loadTests(...config, file);
    assertEquals(code, 0);
    assertMatch(stdout, /1 filtered out/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
