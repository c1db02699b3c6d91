/** A class in parts: `deno task grade-all --part`, and `deno task grade-join` that puts them together. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { USUAL_TABLES } from "../grader/class/class_options.ts";
import { partOf } from "../grader/class/part.ts";
import { writeTables } from "../grader/class/tables.ts";
import { procExists } from "../grader/server/proc.ts";
import { NO_SERVERS, run, runLong, withFiles } from "./grader_program.ts";

const ignore = !procExists;

Deno.test("partOf: by the name alone, and each part has about as many", () => {
  const names = Array.from({ length: 500 }, (_, i) => `student ${i}`);
  const sizes = Array.from(
    { length: 8 },
    (_, i) => names.filter((name) => partOf(name, 8) === i + 1).length,
  );
  assertEquals(sizes.reduce((sum, size) => sum + size), 500);
  assertEquals(sizes.filter((size) => size < 40 || size > 85), []);
  // Fixed for ever: a part that is graded again next week is the same students.
  assertEquals(["ann", "bob", "李伟"].map((name) => partOf(name, 8)), [6, 1, 7]);
  assertEquals(partOf("Jose\u0301", 1000), partOf("Jos\u00e9", 1000));
});

/** Six students, whose submissions fail at once. */
const CLASS = Object.fromEntries(
  ["ann", "bob", "cem", "dee", "eve", "李伟"]
    .map((name) => [`class/${name}.ts`, NO_SERVERS["no_serve.ts"]]),
);

/** What is typed in a folder with a class in it. */
function typing(folder: string) {
  return {
    grade: (out: string, ...flags: string[]) => {
      const fixed = ["--lesson=3", "--seed=1", `--out=${folder}/${out}`];
      return runLong("grade-all", [`${folder}/class`, ...fixed, ...flags]);
    },
    join: (...parts: string[]) => {
      const flags = [`--class=${folder}/class`, `--out=${folder}/all`];
      return run("grade-join", [...parts.map((part) => `${folder}/${part}`), ...flags]);
    },
    read: (name: string) => Deno.readTextFile(`${folder}/${name}`),
  };
}

Deno.test(
  { name: "grade-join: two parts in any order are the table of one machine", ignore },
  async () => {
    await withFiles(CLASS, async (folder) => {
      const { grade, join, read } = typing(folder);
      await grade("whole");
      assertMatch((await grade("one", "--part=1/2")).stdout, /^\d students in part 1\/2: /m);

      // The second part has died before its first student.
      await grade("two", "--part=2/2");
      const [lost] = Array.from(Deno.readDirSync(`${folder}/two/results`), ({ name }) => name);
      await Deno.remove(`${folder}/two/results/${lost}`);
      const early = await join("one", "two");
      assertEquals(early.code, 1);
      assertEquals(early.stderr, `missing: ${lost.replace(".json", "")} (part 2/2)\n`);
      const again = await grade("two", "--part=2/2");
      assertMatch(again.stdout, /: 1 graded, [1-5] as before; /);

      assertEquals((await join("two", "one")).code, 0);
      assertEquals(await read("all/summary.csv"), await read("whole/summary.csv"));
      assertEquals(await read("all/summary.json"), await read("whole/summary.json"));
    });
  },
);

Deno.test(
  { name: "grade-join: a part that is there twice, or was graded with something else", ignore },
  async () => {
    await withFiles(CLASS, async (folder) => {
      const { grade, join } = typing(folder);
      await Promise.all([grade("whole"), grade("one", "--part=1/2"), grade("two", "--part=2/2")]);
      await new Deno.Command("cp", { args: ["-r", `${folder}/two`, `${folder}/copy`] }).output();
      const twice = await join("one", "two", "copy");
      assertEquals(twice.code, 1);
      assertStringIncludes(twice.stderr, "twice, the first counts: ");

      // Another seed, and another number of parts.
      await grade("two", "--part=2/2", "--seed=2");
      const refused = await join("one", "two");
      assertEquals(refused.code, 2);
      assertMatch(refused.stderr, /^\S+two was graded with another seed than \S+one\n$/);
      assertMatch((await join("one", "whole")).stderr, /another number of parts than/);
    });
  },
);

Deno.test("summary.csv begins with a byte-order mark, by which Excel knows how 李 is written", async () => {
  await withFiles({}, async (folder) => {
    await writeTables(folder, { lessons: [3], results: [], about: new Map() }, USUAL_TABLES);
    const bytes = await Deno.readFile(`${folder}/summary.csv`);
    assertEquals([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  });
});

Deno.test("grade-join: a wrong command line is one line and exit code 2", async () => {
  await withFiles({ "empty/a.txt": "", "bad/run.json": "{" }, async (folder) => {
    const wrong: [string[], RegExp][] = [
      [[], /^a folder is needed; see: deno task grade-join --help\n$/],
      [[`${folder}/empty`], /^--out DIR is needed\n$/],
      [[`${folder}/empty`, `--out=${folder}/empty`], /^--out .+ is one of the parts\n$/],
      [[`${folder}/empty`, `--out=${folder}/x`], /^\S+ has no results of grade-all: [^\n]+\n$/],
      [[`${folder}/bad`, `--out=${folder}/x`], /^\S+ has no results of grade-all: [^\n]+\n$/],
    ];
    await Promise.all(wrong.map(async ([args, says]) => {
      const { code, stdout, stderr } = await run("grade-join", args);
      assertEquals({ code, stdout }, { code: 2, stdout: "" }, stderr);
      assertMatch(stderr, says);
    }));
    const { stdout } = await run("grade-join", ["--help"]);
    assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
  });
});
