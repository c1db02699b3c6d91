/** The page and the files for instructors: the flags that they type, and the version of Deno. */
import { assert, assertEquals } from "@std/assert";
import { run } from "./grader_program.ts";
import { ROOT } from "./lesson_process.ts";

const PAGE = "lessons/INSTRUCTORS.md";
const FILES = ["gradescope/setup.sh", "classroom50/autograder.py", "github/grade-push.yml"]
  .concat("github/grade-class.yml").map((name) => `lessons/instructors/${name}`);
const TASKS = ["grade", "grade-all", "gradescope-bundle"] as const;

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

Deno.test("every flag in a command for instructors is in that program's help", async () => {
  // A command in a workflow goes on in the next line, further in.
  const text = [PAGE, ...FILES].map(read).join("\n").replace(/\n +(?=--)/g, " ");
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
    assert(versions.length > 0, file);
  }
});
