/** What was answered, as lines of `.progress`; and the two tasks as a student starts them. */
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { factorBetween } from "../../lessons/play/hit.ts";
import { offSentences } from "../../lessons/play/off_text.ts";
import { recordAnswer } from "../../lessons/play/progress_file.ts";
import { ProgressError } from "../../lessons/play/progress_lines.ts";
import { type Answer, GAMES, missedIn, scoresIn, withAnswer } from "../../lessons/play/score.ts";
import { parseProgress } from "../grader/report/progress.ts";
import { progressText } from "../grader/show_progress.ts";
import { assertNarrow, taskArguments } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";
import { CTRL_C, CTRL_D, HAS_SCRIPT, inTerminal, WHY } from "../of_lessons/terminal.ts";

function answer(id: string, right: boolean, more: Partial<Answer> = {}): Answer {
  return { game: "quiz", lesson: 3, id, right, ...more };
}

Deno.test("answers are counted, and what was missed stays until it is answered right", () => {
  const answers = [answer("a", false), answer("b", true), answer("c", false), answer("a", false)];
  const text = answers.reduce(withAnswer, "");
  assertEquals(text, "connfd-progress 1\nquiz  lesson=3  right=1/4  missed=c,a\n");
  assertEquals(missedIn(text, "quiz", 3), ["c", "a"]);
  assertEquals(missedIn(text, "predict", 3), []);
  const later = [answer("a", true), answer("c", true)].reduce(withAnswer, text);
  assertEquals(later, "connfd-progress 1\nquiz  lesson=3  right=3/6\n");
});

Deno.test("by how much predictions missed is kept: the first one and the last one", () => {
  const off = (id: string, off: number, right = false) =>
    answer(id, right, { game: "predict", off });
  const text = [off("a", 8), off("b", 2), off("a", 3), off("a", 1, true)].reduce(withAnswer, "");
  assertStringIncludes(text, "right=1/4  missed=b  off=a:8.00:1.00,b:2.00\n");
  const [score] = scoresIn(text);
  assertEquals([...score.off], [["a", { first: 8, last: 1 }], ["b", { first: 2 }]]);
  assertEquals(offSentences(score.off), [
    "first predictions off by x4.00 (2 predictions)",
    "1 prediction made again: x8.00 at first, x1.00 at last",
  ]);
  assertEquals(offSentences(new Map()), []);
  const shown = stripAnsiCode(progressText(["1-a"], [], scoresIn(text)));
  assertStringIncludes(shown, "\n  1 prediction made again: x8.00 at first, x1.00 at last\n");
  assertNarrow(shown);
});

Deno.test("a factor is the same both ways, and there is one for nothing at all", () => {
  assertEquals([factorBetween(0, 3), factorBetween(3, 0), factorBetween(5, 5)], [4, 4, 1]);
});

Deno.test("other lines of the file stay as they are, and the grader takes ours for no damage", () => {
  const before = [
    "connfd-progress 1",
    "# a note",
    "lesson 3  points=5/16  best=9/16  graded=2026-11-24T10:00:00Z",
    "quiz  lesson=x  right=1/1",
    "predict  lesson=3  right=1/1",
  ];
  const after = withAnswer(before.join("\r\n"), answer("a", false));
  assertEquals(after, [...before, "quiz  lesson=3  right=0/1  missed=a", ""].join("\n"));
  assertEquals(parseProgress(after).damaged, []);
  assertEquals(scoresIn(after).map(({ game }) => game), ["predict", "quiz"]);
  assertThrows(() => withAnswer("connfd-progress 2\n", answer("a", true)), ProgressError);
});

Deno.test("an answer is recorded in the file", async () => {
  const path = await Deno.makeTempFile();
  const file = new URL(`file://${path}`);
  await recordAnswer(answer("a", false), file);
  await recordAnswer(answer("b", true, { game: "predict", lesson: 1 }), file);
  assertEquals(
    await Deno.readTextFile(path),
    "connfd-progress 1\nquiz  lesson=3  right=0/1  missed=a\npredict  lesson=1  right=1/1\n",
  );
  await Deno.remove(path);
});

Deno.test("`deno task progress` says what is asked again", () => {
  const scores = [answer("a", false), answer("b", true, { game: "predict", lesson: 1 })]
    .reduce(withAnswer, "");
  const text = stripAnsiCode(progressText(["1-a"], [], scoresIn(scores)));
  assertMatch(text, /^.* predict 1: 1 of 1 right\n.* quiz 3: 0 of 1 right; 1 missed, asked again/m);
  assertNarrow(text);
});

for (const game of GAMES.filter((game) => game !== "fault")) {
  const run = (...args: string[]) => Program.start(taskArguments(game, args)).ended;

  Deno.test(`${game}: bad input is one line, and exit code 2`, async () => {
    const wrong = [[], ["9"], ["3", "4"], ["3", "--no"], ["3", "--questions", "0"]];
    for (const args of wrong) {
      const { code, stdout, stderr } = await run(...args);
      assertEquals([code, stdout], [2, ""], args.join(" "));
      assertMatch(stderr, /^[^\n]+\n$/, args.join(" "));
    }
  });

  Deno.test(`${game}: without anybody who types it asks once, and ends`, async () => {
    const { code, stdout, stderr } = await run("3");
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^(Question|Prediction) 1 of \d$/m);
    assertMatch(stdout, /nothing was answered|Nothing was predicted/i);
    assertNarrow(stdout);
  });

  Deno.test({
    name: `${game}: Ctrl-C and Ctrl-D end it in a terminal${WHY}`,
    ignore: !HAS_SCRIPT,
    async fn() {
      const prompt = game === "quiz" ? "Your answer" : "Your number";
      const args = taskArguments(game, ["3"]);
      const ended = await inTerminal(args, [[prompt, CTRL_C]]);
      assertEquals(ended.code, 130, ended.text);
      const left = await inTerminal(args, [[prompt, CTRL_D]]);
      assertEquals(left.code, 0, left.text);
      assertStringIncludes(left.text.toLowerCase(), "nothing was");
    },
  });
}
