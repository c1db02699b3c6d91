/** What a student sees first: each mistake of the table leads to a screen that leads to the mistake. */
import { assert, assertEquals } from "@std/assert";
import { setColorEnabled } from "@std/fmt/colors";
import { lessonOf, startsProcesses } from "../../lessons/catalogue.ts";
import { gradeLessons } from "../grader/grading/grade_lessons.ts";
import { inParallel } from "../grader/grading/in_parallel.ts";
import { LESSONS } from "../grader/grading/lessons.ts";
import { reportText } from "../grader/report/text.ts";
import { procExists } from "../grader/server/proc.ts";
import { takeSubmission } from "../grader/submission/take_submission.ts";
import { withFiles } from "../of_grader/grader_program.ts";
import { LOOP } from "./mistakes/lesson_3.ts";
import { EARLY } from "./mistakes/lessons_1_and_2.ts";
import { LATE, POOL } from "./mistakes/lessons_4_to_7.ts";
import { LATER } from "./mistakes/shape_and_order.ts";
import type { Mistake } from "./mistakes/mistake.ts";
import { mistaken } from "./solved_exercise.ts";

const MISTAKES = [...EARLY, ...LOOP, ...POOL, ...LATER, ...LATE];
/** Most of it is waiting; the experiments of one grading are two at a time. */
const AT_ONCE = 3;
const LINES = 24, COLUMNS = 80;
/** For a look at one: the number of a lesson and a part of the name. */
const ONLY = Deno.env.get("MISTAKE") ?? "";

/** The report on a solved exercise with one mistake in it. */
async function reportOn([lesson, , edits]: Mistake): Promise<string> {
  let text = "";
  await withFiles({ "exercise.ts": mistaken(lesson, edits) }, async (folder) => {
    const taken = await takeSubmission(`${folder}/exercise.ts`);
    if ("refused" in taken) throw new Error(taken.refused);
    const processes = startsProcesses(lessonOf(lesson)) ? "trusted" : undefined;
    const target = { ...taken.target, name: "exercise.ts", processes } as const;
    const claims = LESSONS[lesson - 1];
    text = reportText(await gradeLessons("exercise.ts", [{ claims, target }], { seed: 1 }));
    taken.remove();
  });
  return text;
}

Deno.test("there are 40 mistakes at least in exercises 1, 3 and 4, and some of every lesson", () => {
  assert(MISTAKES.filter(([lesson]) => [1, 3, 4].includes(lesson)).length >= 40);
  assertEquals(new Set(MISTAKES.map(([lesson]) => lesson)).size, LESSONS.length);
});

Deno.test({ name: "the first screen leads to each mistake", ignore: !procExists }, async () => {
  setColorEnabled(false);
  const failures: string[] = [];
  const todo = MISTAKES.filter(([lesson, name]) => `${lesson} ${name}`.includes(ONLY));
  await inParallel(todo, AT_ONCE, async (mistake) => {
    const [lesson, name, , pattern] = mistake;
    const report = await reportOn(mistake);
    const screen = report.trimStart().split("\n").slice(0, LINES).join("\n");
    if (ONLY !== "") console.log(`--- ${lesson} ${name}\n${report}`);
    const flat = screen.replace(/\s+/g, " ");
    if (!pattern.test(flat)) failures.push(`${lesson} ${name}: not ${pattern} in\n${screen}`);
    const wide = screen.split("\n").filter((line) => line.length > COLUMNS);
    if (wide.length > 0) failures.push(`${lesson} ${name}: too wide: ${wide.join(" ")}`);
  });
  assertEquals(failures.join("\n\n"), "");
});

Deno.test("six mistakes in exercise 4 lead to six different screens", () => {
  assertEquals(new Set(POOL.map(([, , , pattern]) => pattern.source)).size, POOL.length);
});
