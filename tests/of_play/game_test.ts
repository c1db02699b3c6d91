/** The games themselves: what is asked, what is said to an answer, what is remembered. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lessonOf } from "../../lessons/catalogue.ts";
import { Lanes } from "../../lessons/lab/lanes/lanes.ts";
import type { Prediction } from "../../lessons/play/prediction.ts";
import { PREDICTIONS } from "../../lessons/play/predictions.ts";
import { runPredict } from "../../lessons/play/predict_run.ts";
import { parseQuestions } from "../../lessons/play/questions.ts";
import { runQuiz } from "../../lessons/play/quiz_run.ts";
import { assertNarrow } from "../of_lessons/lesson_process.ts";
import { printed, typing } from "./typing.ts";

const QUESTIONS = parseQuestions(`
## first

How long does the last one take?

- [ ] **150 ms**: eight threads would have to work.
- [x] **1200 ms**: one thread works, and one after the other has its turn.
- [ ] **600 ms**: two threads would have to work.

See it: \`deno task client 3 --clients 8 SLEEP 150\` (measured: \`last-of-eight\`)

## second

Who answers?

- [x] **main**: it does all of it.
- [ ] **a thread**: there would have to be one.
- [ ] **nobody**: it would have to be lost.

See it: \`deno task client 3 WHO\`
`);

/** Plays the quiz on the two questions above. */
async function quiz(...lines: string[]): Promise<{ text: string; answers: [string, boolean][] }> {
  const answers: [string, boolean][] = [];
  const text = await printed(() =>
    runQuiz({
      lesson: lessonOf(3),
      questions: QUESTIONS,
      ask: typing(...lines),
      chance: () => 0,
      measure: () => Promise.resolve({ value: 1213, text: "1213 ms" }),
      record: (id, right) => Promise.resolve(void answers.push([id, right])),
    })
  );
  assertNarrow(text);
  return { text, answers };
}

Deno.test("quiz: a wrong answer is told what would have to be so, what is, and how to see it", async () => {
  const { text, answers } = await quiz("b", "x", "a");
  assertStringIncludes(text, "Not so. For '600 ms': two threads would have to work.");
  assertStringIncludes(text, "It is '1200 ms': one thread works");
  assertStringIncludes(text, "Measured on this machine, just now: 1213 ms.");
  assertStringIncludes(text, "See it: `deno task client 3 --clients 8 SLEEP 150`");
  assertStringIncludes(text, "'x' is none of a, b, c.");
  assertStringIncludes(text, "Right: it does all of it.");
  assertMatch(text, /1 of 2 right\. .*deno task quiz 3\n$/);
  assertEquals(answers, [["first", false], ["second", true]]);
});

Deno.test("quiz: when the input ends it says how far one came, and remembers no more", async () => {
  const { text, answers } = await quiz("c");
  assertMatch(text, /1 of 1 right\. *\n$/);
  assertEquals(answers, [["first", true]]);
  assertMatch((await quiz()).text, /The input has ended; nothing was answered\.\n$/);
});

Deno.test("predict: one commits to a number, and sees it beside what was measured, and why", async () => {
  const [eight, threads] = PREDICTIONS.get(3) as Prediction[];
  const answers: [string, boolean, number][] = [];
  const text = await printed(() =>
    runPredict({
      lesson: lessonOf(3),
      predictions: [eight, threads, threads],
      ask: typing("soon", "600 ms", "0"),
      measure: ({ id }) =>
        Promise.resolve({
          lanes: new Lanes(),
          value: id === eight.id ? 1213 : 0,
          words: "It was seen.",
        }),
      record: (id, right, off) => Promise.resolve(void answers.push([id, right, off])),
    })
  );
  assertNarrow(text);
  assertStringIncludes(text, "'soon' is no number from 0 to 1000000.");
  assertMatch(text, /^predicted +600 ms {2}\|#+\nmeasured +1213 ms {2}\|#+$/m);
  assertMatch(text, /^Missed\. The loop watches all eight/m);
  assertMatch(text, /^measured +0 threads {2}\|$/m);
  assertMatch(text, /1 of 2 right\. What you missed is asked again first: .*predict 3\n$/);
  assertEquals(answers, [["last-of-eight", false, 1214 / 601], ["threads-of-idle", true, 1]]);
});
