/** What a student is told besides the verdicts. */
import { assertEquals, assertMatch } from "@std/assert";
import { setColorEnabled } from "@std/fmt/colors";
import { folderOf, LESSONS } from "../../lessons/catalogue.ts";
import type { GradeResult } from "../grader/report/result.ts";
import {
  changesText,
  exercisesText,
  fullMarksText,
  isUntouched,
  untouchedText,
} from "../grader/report/student.ts";
import { ROOT } from "../of_lessons/program.ts";
import { exerciseIn } from "../of_lessons/exercise_state.ts";
import { someResult } from "./grade_results.ts";

setColorEnabled(false);

/** The result with these claims passed, of this lesson. */
function withPassed(ids: readonly string[], lesson = 3): GradeResult {
  const result = someResult();
  const claims = result.lessons[0].claims.map((row) => {
    const passed = ids.includes(row.id);
    return { ...row, status: passed ? "pass" : "fail", score: passed ? row.max_score : 0 } as const;
  });
  const score = claims.reduce((sum, row) => sum + row.score, 0);
  return { ...result, score, lessons: [{ ...result.lessons[0], lesson, claims, score }] };
}

const ALL = someResult().lessons[0].claims.map(({ id }) => id);

Deno.test("an exercise that nobody has begun gets one screen that says how to begin", () => {
  const text = untouchedText(withPassed([]).lessons[0]);
  assertMatch(
    text,
    /^\nLesson 3: 0 of 8 points, 0 of 4 claims\nlessons\/3-io-multiplexing\/exercise\.ts is as it came\.\n/,
  );
  assertMatch(text, /\n {2}deno task hint 3\n/);
  assertEquals(
    text.split("\n").length <= 16 && text.split("\n").every((line) => line.length <= 80),
    true,
  );
});

Deno.test("of several exercises those that are begun have their tables, the others a line", () => {
  const [first] = withPassed(["3.P1"]).lessons, [second] = withPassed([], 4).lessons;
  const result = { ...withPassed(["3.P1"]), lessons: [first, second] };
  const stub = "    // Until your loop is there: …\n";
  const text = exercisesText(result, ["", stub]);
  assertEquals([text.match(/^Lesson 3\S*: 3 of 8/m)?.length, /^Lesson 4/m.test(text)], [1, false]);
  assertMatch(text, /\nnot begun: lesson 4\n$/);
  const none = exercisesText({ ...result, lessons: [second, second] }, [stub, stub]);
  assertMatch(none, /^\nLesson 4: 0 of 8 points[^]*\nnot begun: lesson 4\n$/);
});

Deno.test("each exercise is known as untouched while its comment is there, and no model is", () => {
  for (const lesson of LESSONS) {
    const { source, begun } = exerciseIn(folderOf(lesson).split("/")[1]);
    if (begun) continue;
    assertEquals(isUntouched(source), true, folderOf(lesson));
    // Whoever has written something beside the loop that stands there has begun.
    const more = "for (;;) await acceptor.accept();\n";
    const begins = source.replace(/^ *\/\/ Until your loop/m, (line) => more + line);
    assertEquals(isUntouched(begins), false, folderOf(lesson));
  }
  assertEquals(
    isUntouched(Deno.readTextFileSync(new URL("models/3_io_multiplexing.ts", ROOT))),
    false,
  );
});

Deno.test("full marks: what was shown, what to compare it with, and what comes next", () => {
  const text = fullMarksText(withPassed(ALL));
  assertMatch(text, /^Every claim holds: this is a model 3, I\/O multiplexing\.\n/);
  assertMatch(
    text,
    /\n {2}compare: git diff --no-index lessons\/3-\*\/exercise\.ts models\/3_\*\.ts\n/,
  );
  assertMatch(text, /\n {2}next, lesson 4, worker pool: lessons\/4-worker-pool\/README\.md\n$/);
  assertMatch(
    fullMarksText(withPassed(ALL, LESSONS.length)),
    /\n {2}next, all models side by side/,
  );
  assertEquals(fullMarksText(withPassed(ALL.slice(1))), "");
});

Deno.test("a second grading says what passed before and fails now, and what is new", () => {
  const [a, b, c] = ALL;
  const text = changesText(withPassed([a, b]), withPassed([b, c]));
  assertEquals(text, `passed before, and no longer: ${a}\nnew: ${c}\n`);
  assertEquals(changesText(withPassed([a]), withPassed([a])), "");
});
