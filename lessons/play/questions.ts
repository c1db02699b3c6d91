/**
 * The questions of a lesson's quiz. They stand in the lesson's `quiz.md`, so that who teaches adds one
 * without programming:
 *
 *   ## the-id
 *
 *   What is asked?
 *
 *   - [ ] **a wrong choice**: what would have to be so.
 *   - [x] **the right choice**: why it is so.
 *
 *   See it: `deno task client 3 PING` (measured: `id-of-a-prediction`).
 *
 * The part in parentheses is for a question whose choices have numbers that the prediction measures.
 */
import { type Chance, shuffled } from "./draw.ts";

/** One of the answers to choose from. */
export interface Choice {
  readonly text: string;
  readonly right: boolean;
  /** Of a wrong one: what would have to be so. Of the right one: why it is so. */
  readonly why: string;
}

/** A question. */
export interface Question {
  readonly id: string;
  readonly asks: string;
  readonly choices: readonly Choice[];
  /** How one sees who is right, with at least one command in it. */
  readonly seeIt: string;
  /** The id of the prediction whose scene measures it. */
  readonly measuredBy?: string;
}

const CHOICE = /^- \[([ x])\] \*\*([^]+?)\*\*: ([^]+?)(?=\n- \[|\n\n|\n*(?![^]))/gm;
const SEE_IT = /\nSee it: ([^]+)$/;
const MEASURED = /\s+\(measured: `([\w-]+)`\)/;

/** The questions of a `quiz.md`: its second-level headings, and what stands below each. */
export function parseQuestions(markdown: string): Question[] {
  return markdown.split(/^## /m).slice(1).map((section) => {
    const [id] = section.split("\n", 1);
    const text = section.slice(id.length).trim();
    const [asks] = text.split(/^- \[/m, 1);
    const [, seeIt = ""] = SEE_IT.exec(text) ?? [];
    const choices = Array.from(text.matchAll(CHOICE), ([, mark, choice, why]) => ({
      text: inOneLine(choice),
      right: mark === "x",
      why: inOneLine(why),
    }));
    return {
      id,
      asks: inOneLine(asks),
      choices,
      seeIt: inOneLine(seeIt.replace(MEASURED, "")),
      measuredBy: MEASURED.exec(seeIt)?.[1],
    };
  });
}

/** The first number in a choice: 1200 of `about 1200 ms`; undefined when there is none. */
export function numberIn(text: string): number | undefined {
  const [number] = /\d+/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** The choice whose number is nearest to what was measured; times as a ratio, since they differ so. */
export function nearestChoice(choices: readonly Choice[], measured: number): Choice | undefined {
  const distance = ({ text }: Choice) =>
    Math.abs(Math.log(((numberIn(text) ?? Infinity) + 1) / (measured + 1)));
  return choices.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Choices by chance; but numbers in their order, as one looks for them. */
export function inOrder(choices: readonly Choice[], chance: Chance): Choice[] {
  const number = ({ text }: Choice) => numberIn(text);
  if (choices.some((choice) => number(choice) === undefined)) return shuffled(choices, chance);
  return choices.toSorted((a, b) => number(a)! - number(b)!);
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
