/** Advice that is read off the shape of a loop: given where it fits, and to nobody else. */
import { assertEquals, assertMatch } from "@std/assert";
import { LESSONS } from "../../lessons/catalogue.ts";
import { shapeAdvice, waitAdvice } from "../grader/submission/shape_advice.ts";
import { ROOT } from "../of_lessons/program.ts";
import { LATER } from "../of_servers/mistakes/shape_and_order.ts";
import { mistaken, solvedExercise } from "../of_servers/solved_exercise.ts";

const SPELLINGS = new URL("tests/servers/spellings/", ROOT);

Deno.test("no advice for exercises that are right, however they are spelled", () => {
  const solved = LESSONS.map(({ number }) => [number, solvedExercise(number)] as const);
  const spelled = Array.from(Deno.readDirSync(SPELLINGS), ({ name }) => name)
    .filter((name) => /^\d_\w+\.ts$/.test(name))
    .map((name) => [Number(name[0]), Deno.readTextFileSync(new URL(name, SPELLINGS))] as const);
  const advice = [...solved, ...spelled].map(([lesson, text]) => {
    return shapeAdvice(text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ""), lesson);
  });
  assertEquals(advice.filter((text) => text !== ""), []);
});

Deno.test("each mistake in a loop's shape gets its own advice", () => {
  const of = (name: string, lesson: number) => {
    const [, , edits] = LATER.find(([number, text]) => number === lesson && text === name)!;
    return mistaken(lesson, edits).replace(/\/\/.*$/gm, "");
  };
  const cases: [lesson: number, name: string, says: RegExp][] = [
    [3, "no break after accept", /^`case "accept"` does not end with `break`/],
    [3, "no break after readable", /^`case "readable"` does not end with `break`/],
    [3, "it writes for each request", /call it once/],
    [4, "no break after written", /^`case "written"` does not end with `break`/],
    [4, "it submits several at once", /submit one, and the next/],
  ];
  for (const [lesson, name, says] of cases) {
    assertMatch(shapeAdvice(of(name, lesson), lesson), says, name);
  }
  assertMatch(waitAdvice(of("the loop waits for each worker", 4), 4), /`await new Promise` too/);
  assertEquals(waitAdvice(solvedExercise(1), 1), "");
});
