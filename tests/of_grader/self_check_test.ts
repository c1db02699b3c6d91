/** Before anybody is marked the lesson's own model has to have full marks here. */
import { assertEquals, assertMatch } from "@std/assert";
import { lesson1 } from "../lesson1_test.ts";
import { whyNotHere } from "../grader/grading/self_check.ts";
import { procExists } from "../grader/server/proc.ts";
import { Program } from "../of_lessons/program.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { withFiles } from "./grader_program.ts";

const ignore = !procExists;
/** Whatever grades, it is to check. */
const UNCHECKED = { CONNFD_CHECKED_HERE: "" };
const MOST_MS = 120_000;
const WRONG_CLAIM = `export const claims = [{
  id: "1.H1", lesson: 1, text: "A mistake of the instructor", points: 100,
  experiment: async (t) => {
    await t.server();
    t.expect(false, "it is never so", "Ask your instructor.");
  },
}];
`;
const STUDENT = "export const answer = 42;\n";

Deno.test(
  { name: "the model of lesson 1 has full marks here, and that is kept", ignore },
  async () => {
    assertEquals(await whyNotHere(lesson1), undefined);
    const startMs = performance.now();
    assertEquals(await whyNotHere(lesson1), undefined);
    const tookMs = performance.now() - startMs;
    assertEquals(tookMs < 1000, true, `asked again, it took ${tookMs} ms`);
  },
);

for (const task of ["grade", "grade-all"] as const) {
  Deno.test({
    name: `${task}: with a claim that the model fails nobody is marked, and one line says which`,
    ignore,
    async fn() {
      const files = { "claims/mine.ts": WRONG_CLAIM, "class/ann.ts": STUDENT };
      await withFiles(files, async (folder) => {
        const what = task === "grade"
          ? ["1", `--file=${folder}/class/ann.ts`, `--json=${folder}/out`, "--exit-zero"]
          : [`${folder}/class`, "--lesson=1", `--out=${folder}/out`];
        const args = taskArguments(task, [...what, `--claims=${folder}/claims`]);
        const { code, stdout, stderr } = await Program.start(args, "null", MOST_MS, UNCHECKED)
          .ended;
        assertEquals({ code, stdout }, { code: 2, stdout: "" }, stderr);
        assertMatch(stderr, /^nobody is marked: .+ 1\.H1: it is never so\n$/);
        const out = Array.from(Deno.readDirSync(folder), ({ name }) => name);
        assertEquals(out.includes("out") && task === "grade", false);
      });
    },
  });
}
