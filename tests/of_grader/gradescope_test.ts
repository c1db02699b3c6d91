/** The Gradescope bundle, in folders laid out as in Gradescope's container. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { goodSubmission, hasProgram, NO_SERVERS, run, withFiles } from "./grader_program.ts";

const ignore = !procExists;

/** What Gradescope does with a submission. Returns what it reads. */
async function autograde(
  folder: string,
  submission: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
) {
  await Deno.remove(`${folder}/submission`, { recursive: true }).catch(() => {});
  await Deno.mkdir(`${folder}/submission`);
  for (const [name, text] of Object.entries(submission)) {
    await Deno.writeTextFile(`${folder}/submission/${name}`, text);
  }
  const { code, stdout } = await new Deno.Command(`${folder}/source/run_autograder`, {
    env: { AUTOGRADER_DIR: folder, CONNFD_DENO: Deno.execPath(), ...variables },
    cwd: folder,
    stderr: "null",
  }).output();
  assertEquals(code, 0);
  const results = JSON.parse(await Deno.readTextFile(`${folder}/results/results.json`));
  assertEquals(results.stdout_visibility, "hidden");
  return { ...results, stdout: new TextDecoder().decode(stdout) };
}

Deno.test(
  { name: "Gradescope: whatever is handed in, there are valid results", ignore },
  async () => {
    await withFiles({}, async (folder) => {
      const made = await run("gradescope-bundle", ["--lesson=3", `--out=${folder}/source`]);
      assertEquals(made.code, 0, made.stderr);
      const [, points] = /set the assignment's autograder points to (\d+)\n$/.exec(made.stdout) ??
        [];
      const good = await autograde(folder, { "mine.ts": goodSubmission() });
      assertEquals(good.score, Number(points), good.stdout);
      const sum = (name: string) =>
        good.tests.reduce((total: number, test: Record<string, number>) => total + test[name], 0);
      assertEquals([sum("score"), sum("max_score")], [good.score, good.score]);

      const broken = await autograde(folder, { "exercise.ts": NO_SERVERS["unparsable.ts"] });
      assertEquals(broken.score, 0);
      assertStringIncludes(broken.output, "exercise.ts does not parse");
      const missing = await autograde(folder, { "notes.txt": "" });
      assertEquals(missing.score, 0);
      assertMatch(
        missing.output,
        /^Not graded: submission: there is no exercise\.ts, .+ there is notes\.txt$/,
      );
      const endless = await autograde(folder, { "exercise.ts": "while (true);" }, {
        CONNFD_LIMIT_S: "1",
      });
      assertEquals({ score: endless.score, tests: endless.tests }, { score: 0, tests: [] });
      assertStringIncludes(endless.output, "The autograder did not finish.");
      assertMatch(endless.stdout, /the grader ended with exit code (124|143)\n$/);
    });
  },
);

Deno.test("Gradescope: the zip file has the two scripts at its root, executable", async () => {
  const zipped = await hasProgram("zip") || await hasProgram("python3");
  await withFiles({ "claims/a.ts": "export const claims = [];\n" }, async (folder) => {
    const flags = [`--out=${folder}/a.zip`, `--claims=${folder}/claims`];
    const { code, stderr } = await run("gradescope-bundle", ["--lesson=3", ...flags]);
    if (!zipped) return assertMatch(stderr, /^neither zip nor python3 is there/);
    assertEquals(code, 0, stderr);
    const entries = centralDirectory(await Deno.readFile(`${folder}/a.zip`));
    for (const name of ["setup.sh", "run_autograder"]) {
      assertEquals(((entries.get(name) ?? 0) & 0o111) !== 0, Deno.build.os !== "windows", name);
    }
    for (const name of ["claims/a.ts", "bundle.conf", "tests/grader/grade.ts"]) {
      assert(entries.has(name), name);
    }
    const solved = [...entries.keys()].filter((name) => name.endsWith("/exercise.ts"));
    assertEquals(solved, []);
  });
});

/** The names in a zip file, with their Unix modes; see PKWARE's APPNOTE, 4.3.12. */
function centralDirectory(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer);
  const entries = new Map<string, number>();
  for (let at = 0; at + 46 < bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    entries.set(name, view.getUint16(at + 40, true));
  }
  return entries;
}
