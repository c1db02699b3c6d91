/** `deno task grade-all` with names in codes, several lessons, and where it was typed. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { NO_SERVERS, run, runLong, withFiles } from "./grader_program.ts";
import { ROOT } from "../of_lessons/program.ts";

const ignore = !procExists;
const CLASS = {
  "class/ann.ts": NO_SERVERS["no_serve.ts"],
  "class/bob/lesson3.ts": NO_SERVERS["no_serve.ts"],
  "class/bob/lesson4.ts": NO_SERVERS["unparsable.ts"],
};

/** All that stands in the files of a folder, and their names. */
function allTextIn(folder: string): string {
  return Array.from(Deno.readDirSync(folder), ({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return `${name}\n${isDirectory ? allTextIn(path) : Deno.readTextFileSync(path)}`;
  }).join("\n");
}

Deno.test(
  { name: "grade-all --anonymous: no name in the results; grade-join puts them back", ignore },
  async () => {
    await withFiles({ ...CLASS, "list.csv": "student\nann\nbob\ncem\n" }, async (folder) => {
      const flags = ["--lesson=3", "--seed=1", `--out=${folder}/out`, `--anonymous=${folder}/key`];
      const first = await runLong("grade-all", [`${folder}/class`, ...flags]);
      assertEquals(first.code, 0, first.stderr);
      const text = first.stdout + allTextIn(`${folder}/out`);
      assertEquals(text.match(/\b(ann|bob)\b/g), null);
      assertMatch(text, /^s-[0-9a-f]{8},0,\d+,fail,/m);
      const again = await runLong("grade-all", [`${folder}/class`, ...flags]);
      assertMatch(again.stdout, /0 graded, 2 as before/);
      const joining = [`--out=${folder}/all`, `--key=${folder}/key`, `--roster=${folder}/list.csv`];
      const joined = await run("grade-join", [`${folder}/out`, ...joining]);
      assertEquals(joined.code, 0, joined.stderr);
      const names = (await Deno.readTextFile(`${folder}/all/summary.csv`)).match(/^\w+(?=,0,)/gm);
      assertEquals(names?.sort(), ["ann", "bob", "cem"]);
    });
  },
);

Deno.test(
  { name: "grade-all --lesson 3,4: a folder for each, and one table", ignore },
  async () => {
    await withFiles(CLASS, async (folder) => {
      const out = `${folder}/out`;
      const args = [`${folder}/class`, "--lesson=4,3", "--seed=1", `--out=${out}`];
      const { code, stdout, stderr } = await runLong("grade-all", args);
      assertEquals(code, 0, stderr);
      assertMatch(stdout, /^2 students: 4 graded, 0 as before; /m);
      const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);
      const table = await read("out/summary.csv");
      assertMatch(table, /,3\.P1,.+,4\.P1,/);
      assertMatch(table, /^bob,0,.+does not export a function named serve.+does not parse/m);
      assert((await read("out/lesson4/results/bob.json")).includes("4.P1"));
      const joined = await run("grade-join", [
        out,
        `--class=${folder}/class`,
        `--out=${folder}/all`,
      ]);
      assertEquals(joined.code, 0, joined.stderr);
      assertEquals(await read("all/summary.csv"), table);
    });
  },
);

Deno.test("grade-all: flags that do not go together are one line", async () => {
  await withFiles(CLASS, async (folder) => {
    const wrong: [string[], RegExp][] = [
      [["--part=1/2", "--roster=x"], /^--roster does not go with --part: give it to grade-join/],
      [
        ["--anonymous=k", "--late=x"],
        /^--late does not go with --anonymous: give it to grade-join/,
      ],
      [["--anonymous=class-grades/k"], /^--anonymous .+ is in --out$/],
      [["--lesson=3,x"], /^--lesson: '3,x' is not a lesson such as 3, or several: 3,4$/],
    ];
    await Promise.all(wrong.map(async ([flags, says]) => {
      const args = [`${folder}/class`, "--lesson=3", ...flags];
      const key = flags.map((flag) => flag.replace("=class", `=${folder}/class`));
      const { code, stderr } = await runLong("grade-all", [...args.slice(0, 2), ...key]);
      assertEquals(code, 2);
      assertMatch(stderr.trimEnd(), says);
    }));
  });
});

Deno.test(
  { name: "relative paths start where the task was typed, whatever an outer npm says", ignore },
  async () => {
    await withFiles(CLASS, async (folder) => {
      const root = ROOT.pathname;
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "--config", `${root}deno.json`, "grade-all", "class", "--lesson=3"],
        cwd: folder,
        env: { INIT_CWD: "/usr", NO_COLOR: "1" },
      }).output();
      assertMatch(
        new TextDecoder().decode(stdout),
        /^2 students: 2 graded/m,
        new TextDecoder().decode(stderr),
      );
      assert(Deno.statSync(`${folder}/class-grades/summary.csv`).isFile);
    });
  },
);
