/** A run of the quiz: a question, an answer, and why it is so, until all are asked. */
import { bold, dim, green, red } from "@std/fmt/colors";
import type { Lesson } from "../catalogue.ts";
import { shortened } from "../tools/flags.ts";
import { print } from "../tools/screen.ts";
import { TASK } from "../tools/typed.ts";
import { type Ask, say } from "./asking.ts";
import type { Chance } from "./draw.ts";
import { type Choice, inOrder, nearestChoice, type Question } from "./questions.ts";

const LETTERS = "abcdefgh";

/** What a run needs. */
export interface QuizRun {
  readonly lesson: Lesson;
  readonly questions: readonly Question[];
  readonly ask: Ask;
  readonly chance: Chance;
  /** What this machine measures for a prediction, in words and as a number. */
  readonly measure: (id: string) => Promise<Measured | undefined>;
  /** Remembers an answer. */
  readonly record: (id: string, right: boolean) => Promise<void>;
}

/** What was measured just now. */
export interface Measured {
  readonly value: number;
  /** `1213 ms`. */
  readonly text: string;
}

/** Asks all questions, or until the input ends. */
export async function runQuiz(run: QuizRun): Promise<void> {
  const { lesson, questions } = run;
  print(`${bold(`Quiz on lesson ${lesson.number}: ${lesson.title}`)}\n`);
  say(`Commands of the client need the server in another terminal: ${TASK} lesson${lesson.number}`);
  let right = 0, asked = 0;
  for (const question of questions) {
    print(`\n${dim(`Question ${asked + 1} of ${questions.length}`)}\n`);
    const isRight = await answerTo(question, run);
    if (isRight === undefined) break;
    asked++;
    if (isRight) right++;
  }
  if (asked === 0) return print("The input has ended; nothing was answered.\n");
  print(`\n${bold(`${right} of ${asked} right.`)} `);
  print(
    right === asked
      ? "\n"
      : `What you missed is asked again first: ${TASK} quiz ${lesson.number}\n`,
  );
}

/** Asks one question. Returns whether the answer was right; undefined: the input ended. */
async function answerTo(question: Question, run: QuizRun): Promise<boolean | undefined> {
  const choices = inOrder(question.choices, run.chance);
  say(question.asks);
  print("\n");
  for (const [at, { text }] of choices.entries()) say(`${LETTERS[at]}  ${text}`, "  ");
  print("\n");
  const choice = await choiceOf(choices, run.ask);
  if (choice === undefined) return undefined;
  const answer = choices.find(({ right }) => right);
  if (choice.right) say(`${green("Right:")} ${choice.why}`);
  else {
    say(`${red("Not so.")} For '${choice.text}': ${choice.why}`);
    say(`It is '${answer?.text}': ${answer?.why}`);
  }
  await showMeasured(question, run);
  say(`See it: ${question.seeIt}`);
  await run.record(question.id, choice.right);
  return choice.right;
}

async function choiceOf(choices: readonly Choice[], ask: Ask): Promise<Choice | undefined> {
  const letters = LETTERS.slice(0, choices.length);
  for (;;) {
    const typed = await ask(`Your answer, ${letters[0]} to ${letters.at(-1)}: `);
    if (typed === undefined) return undefined;
    const at = typed.length === 1 ? letters.indexOf(typed.toLowerCase()) : -1;
    if (at >= 0) return choices[at];
    print(`'${shortened(typed)}' is none of ${[...letters].join(", ")}.\n`);
  }
}

async function showMeasured({ measuredBy, choices }: Question, run: QuizRun): Promise<void> {
  if (measuredBy === undefined) return;
  const measured = await run.measure(measuredBy);
  if (measured === undefined) return say("This machine did not get to measure it just now.");
  say(`Measured on this machine, just now: ${measured.text}.`);
  if (nearestChoice(choices, measured.value)?.right) return;
  say("That is nearer to another choice. The machine may be busy: measure it again.");
}
