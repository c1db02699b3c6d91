/** The quizzes: enough questions, each in its shape, with commands that there are. */
import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { folderOf, LESSONS } from "../../lessons/catalogue.ts";
import { PREDICTIONS } from "../../lessons/play/predictions.ts";
import {
  nearestChoice,
  numberIn,
  parseQuestions,
  type Question,
} from "../../lessons/play/questions.ts";
import { questionsOf } from "../../lessons/play/quiz_file.ts";
import { readClientArguments } from "../../lessons/tools/client_arguments.ts";
import { parseFlags } from "../../lessons/tools/flags.ts";
import { lessonFlags } from "../../lessons/tools/lesson_flags.ts";
import { commandWords } from "../../lessons/tools/command_words.ts";

const LEAST_QUESTIONS = 10, LEAST_CHOICES = 3;

/** What is wrong with the form of a question, a line each. */
function faultsOf({ id, asks, choices, seeIt, measuredBy }: Question, lesson: number): string[] {
  const ids = PREDICTIONS.get(lesson)?.map(({ id }) => id) ?? [];
  const faults: [wrong: boolean, what: string][] = [
    // The ids stand in `.progress`, between commas.
    [!/^[a-z0-9-]+$/.test(id), "an id has small letters, digits and dashes"],
    [asks === "", "it asks nothing"],
    [choices.length < LEAST_CHOICES, `${choices.length} choices`],
    [choices.filter(({ right }) => right).length !== 1, "not one right choice"],
    [new Set(choices.map(({ text }) => text)).size < choices.length, "a choice twice"],
    [choices.some(({ why }) => why.length < 10), "a choice without its why"],
    [!/`(deno task |ss )/.test(seeIt), "no command shows it"],
    [measuredBy !== undefined && !ids.includes(measuredBy), `no prediction ${measuredBy}`],
    [
      measuredBy !== undefined && choices.some(({ text }) => numberIn(text) === undefined),
      "measured, and a choice without a number",
    ],
  ];
  return faults.filter(([wrong]) => wrong).map(([, what]) => `${id}: ${what}`);
}

for (const lesson of LESSONS) {
  const { number } = lesson;
  const questions = await questionsOf(lesson);

  Deno.test(`quiz ${number}: ten questions or more, each in its shape`, () => {
    assert(questions.length >= LEAST_QUESTIONS, `${questions.length} questions`);
    const ids = questions.map(({ id }) => id);
    assertEquals([...new Set(ids)], ids, "an id twice");
    assertEquals(questions.flatMap((question) => faultsOf(question, number)), []);
  });

  Deno.test(`quiz ${number}: no choice in the file is lost in reading it`, async () => {
    const text = await Deno.readTextFile(
      new URL(`../../${folderOf(lesson)}/quiz.md`, import.meta.url),
    );
    const read = questions.flatMap(({ choices }) => choices).length;
    assertEquals(read, text.match(/^- \[/gm)?.length);
  });

  Deno.test(`quiz ${number}: the command lines are right`, () => {
    for (const { id, seeIt } of questions) {
      for (const [, command] of seeIt.matchAll(/`(deno task [^`]+)`/g)) {
        const [, , task, ...args] = commandWords(command, new Map());
        assert(task in config.tasks, `${id}: there is no task ${task}`);
        if (task === "client") readClientArguments(args);
        else if (task.startsWith("lesson")) parseFlags(lessonFlags(lesson), args, command);
        else assertEquals(args, [], `${id}: ${command}`);
      }
    }
  });
}

const ONE = `# Questions

## an-id

What is
asked?

- [ ] **10 ms**: it would
      have to be so.
- [x] **100 ms**: it is really so.
- [ ] **900 ms**: or it would have to be so.

See it: \`deno task client 3 PING\`, and look
(measured: \`some-id\`)
`;

Deno.test("a question is read from Markdown, whatever way its lines are broken", () => {
  assertEquals(parseQuestions(ONE), [{
    id: "an-id",
    asks: "What is asked?",
    choices: [
      { text: "10 ms", right: false, why: "it would have to be so." },
      { text: "100 ms", right: true, why: "it is really so." },
      { text: "900 ms", right: false, why: "or it would have to be so." },
    ],
    seeIt: "`deno task client 3 PING`, and look",
    measuredBy: "some-id",
  }]);
  const [{ choices }] = parseQuestions(ONE);
  assertEquals([1, 80, 300, 301].map((value) => nearestChoice(choices, value)?.text), [
    "10 ms",
    "100 ms",
    "100 ms",
    "900 ms",
  ]);
});

Deno.test("a question that is out of shape is named with what it lacks", () => {
  const [question] = parseQuestions(ONE.replace("[x]", "[ ]").replace("See it", "See"));
  assertEquals(faultsOf(question, 3), [
    "an-id: not one right choice",
    "an-id: no command shows it",
  ]);
});
