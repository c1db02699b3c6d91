/** The page and the files for instructors: the flags that they type, and the version of Deno. */
import { assert, assertEquals } from "@std/assert";
import { run } from "./grader_program.ts";
import { ROOT } from "../of_lessons/program.ts";

const PAGES = ["lessons/INSTRUCTORS.md"].concat(
  ["a-class.md", "gradebook.md"].concat(
    ["github", "kubernetes", "parallel", "slurm"].map((folder) => `${folder}/README.md`),
  ).map((name) => `lessons/instructors/${name}`),
);
const FILES = ["gradescope/setup.sh", "classroom50/autograder.py", "github/grade-push.yml"]
  .concat("github/grade-class.yml", "kubernetes/Dockerfile", "kubernetes/job.yml")
  .concat("parallel/grade-class.sh", "slurm/grade-class.sbatch").map((name) =>
    `lessons/instructors/${name}`
  );
const TASKS = ["grade", "grade-all", "grade-join", "gradescope-bundle", "try-claims"] as const;

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

Deno.test("every flag in a command for instructors is in that program's help", async () => {
  // A command in a workflow goes on in the next line, further in.
  const text = [...PAGES, ...FILES].map(read).join("\n").replace(/\n +(?=--)/g, " ");
  for (const task of TASKS) {
    const help = (await run(task, ["--help"])).stdout;
    const commands = Array.from(
      text.matchAll(new RegExp(`deno(?:@[\\d.]+)? task ${task} (.*)`, "g")),
    );
    assert(commands.length > 0, task);
    const flags = commands.flatMap(([, rest]) => rest.match(/--[\w-]+/g) ?? []);
    assertEquals(flags.filter((flag) => !help.includes(`\n  ${flag} `)), [], task);
  }
});

Deno.test("the files for instructors name the version of Deno that CI has", () => {
  const [, version] = /^DENO_VERSION=(\S+)$/m.exec(read(".ci/run")) ?? [];
  for (const file of FILES) {
    const versions = Array.from(read(file).matchAll(/\bdeno@([\d.]*\d)/g), ([, one]) => one);
    assertEquals(versions, versions.map(() => version), file);
    // The image of a manifest has it.
    assert(versions.length > 0 || file.endsWith("job.yml"), file);
  }
});

Deno.test("what a submission may do: each cell names a test that there is", () => {
  const page = read("lessons/instructors/what-it-may-do.md");
  const [table, tests] = page.split("| test |");
  const rows = Array.from(tests.matchAll(/^\| (\w) +\| `(\w+\.ts)`: (.+?) +\|$/gm));
  for (const [, letter, file, title] of rows) {
    const text = read(`tests/of_grader/${file}`);
    assert(text.includes(title), `${letter}: ${file} has no test '${title}'`);
  }
  const letters = rows.map(([, letter]) => letter);
  const used = Array.from(table.matchAll(/\((\w(?:, \w)*)\)/g)).flatMap(([, all]) =>
    all.split(", ")
  );
  assertEquals([...new Set(used)].sort(), letters);
});
