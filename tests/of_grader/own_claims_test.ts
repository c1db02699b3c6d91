/** Claims of an instructor's own: tried before the class, kept from students' eyes, in a bundle. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { goodSubmission, run, runLong, withFiles } from "./grader_program.ts";

const ignore = !procExists;

function claim(id: string, text: string, experiment: string): string {
  const fields = JSON.stringify({ id, lesson: Number(id[0]), text, points: 2, hidden: true });
  return `{ ...${fields}, experiment: async (t, kit) => { ${experiment} } }`;
}

function module(...claims: string[]): string {
  return `export const claims = [${claims.join(",\n")}];\n`;
}

const ANSWERS =
  "const server = await t.server(); const [one] = await kit.connectServed(t, server, 1);" +
  " one.close(); return 'answers';";
const FAILS = "throw new kit.ClaimFailed('seen what nobody may see', 'a secret hint');";
const EVERYBODY = "await t.server(); return 'it started';";

Deno.test(
  { name: "try-claims names a claim that the model fails, or everybody passes", ignore },
  async () => {
    const files = {
      "claims/a.ts": module(claim("3.H1", "it answers", ANSWERS), claim("3.H2", "no", FAILS)),
      "claims/b.ts": module(claim("4.H1", "it starts", EVERYBODY)),
    };
    await withFiles(files, async (folder) => {
      const { code, stdout, stderr } = await runLong("try-claims", [`${folder}/claims`]);
      assertEquals({ code, stderr }, { code: 1, stderr: "" });
      assertEquals(stdout.split("\n").slice(0, 3), [
        "3.H1  as it should be",
        "3.H2  the model fails it: seen what nobody may see",
        "4.H1  everybody passes it, the untouched exercise too: it started",
      ]);
      assertMatch(stdout, /^3 claims tried, 2 not as they should be; seed \d+$/m);
    });
  },
);

Deno.test("try-claims: a wrong command line is one line and exit code 2", async () => {
  await withFiles({ "none/a.ts": module() }, async (folder) => {
    const wrong: [string[], RegExp][] = [
      [[], /^one folder is needed; see: deno task try-claims --help\n$/],
      [[`${folder}/none`], /^there is no claim in \S+\n$/],
      [[`${folder}/x`], /^--claims: there is no folder \S+\n$/],
    ];
    for (const [args, says] of wrong) {
      const { code, stdout, stderr } = await runLong("try-claims", args);
      assertEquals({ code, stdout }, { code: 2, stdout: "" });
      assertMatch(stderr, says);
    }
  });
});

Deno.test(
  {
    name: "Classroom 50: what is printed tells of a hidden claim how it came out, and no more",
    ignore,
  },
  async () => {
    const secret = "what the instructor wants to see";
    const files = {
      "claims/a.ts": module(claim("3.H2", secret, FAILS), claim("3.H3", secret, ANSWERS)),
      "ann.ts": goodSubmission(),
    };
    await withFiles(files, async (folder) => {
      const flags = [`--file=${folder}/ann.ts`, `--claims=${folder}/claims`];
      const result = `${folder}/result.json`;
      const { stdout, stderr } = await run("grade", ["3", ...flags, `--classroom50=${result}`]);
      const all = stdout + stderr + await Deno.readTextFile(result);
      for (const hidden of [secret, "seen what nobody may see", "a secret hint", "answers"]) {
        assert(!all.includes(hidden), `${hidden}: ${all}`);
      }
      assertMatch(stdout, /^not shown here: 3\.H2 0\/2, 3\.H3 2\/2$/m);
      assertMatch(stderr, /3\.H2 {2}fail {2}not shown$/m);
    });
  },
);

Deno.test("gradescope-bundle --claims: claims of other lessons may lie there too", async () => {
  const files = {
    "claims/a.ts": module(claim("3.H1", "three", FAILS), claim("4.H1", "four", FAILS)),
  };
  await withFiles(files, async (folder) => {
    const bundle = ["--lesson=3", `--claims=${folder}/claims`, `--out=${folder}/out`];
    const { code, stdout, stderr } = await run("gradescope-bundle", bundle);
    assertEquals({ code, stderr }, { code: 0, stderr: "" });
    const { stdout: list } = await run("grade", ["3", "--list", `--claims=${folder}/claims`]);
    const [, points] = /^(\d+) points$/m.exec(list) ?? [];
    assertMatch(
      stdout,
      new RegExp(`^lesson 3: set the assignment's autograder points to ${points}$`, "m"),
    );
  });
});
