/**
 * Hints for the exercises: `deno task hint 3` shows the first of lesson 3, `deno task hint 3 2` the
 * second. They stand in the lesson's `hints.md`, a heading each.
 *
 * Exit code: 0; 2 for a wrong command line.
 */
import { bold, dim } from "@std/fmt/colors";
import { onOff, parseFlags, shortened, UsageError } from "./flags.ts";
import { folderOf, lessonOf, NUMBERS } from "../catalogue.ts";
import { printPages } from "./pages.ts";
import { colourFor, complain, endOnCtrlC } from "./screen.ts";
import { TASK } from "./typed.ts";

const PROGRAM = `${TASK} hint`;
const HELP = `Hints for the exercises

usage: ${PROGRAM} LESSON       the first hint, a nudge
       ${PROGRAM} LESSON 2     the second; then 3
`;
const ROOT = new URL("../../", import.meta.url);

/** One hint. */
export interface Hint {
  readonly title: string;
  readonly text: string;
}

/** The hints of a `hints.md`: its second-level headings, and what stands below each. */
export function parseHints(markdown: string): Hint[] {
  return markdown.split(/^## /m).slice(1).map((section) => {
    const [title, ...lines] = section.split("\n");
    return { title, text: lines.join("\n").replace(/^\n+|\s+$/g, "") };
  });
}

/** A lesson's hints, from the first to the last. */
export async function hintsOf(lesson: number): Promise<Hint[]> {
  const file = new URL(`${folderOf(lessonOf(lesson))}/hints.md`, ROOT);
  return parseHints(await Deno.readTextFile(file));
}

async function main(args: string[]): Promise<string> {
  const { values, words } = parseFlags({ help: onOff("show this") }, args, PROGRAM);
  if (values.help) return HELP;
  const [lessonText, numberText = "1", ...others] = words;
  if (lessonText === undefined) throw new UsageError(`which lesson? Such as: ${PROGRAM} 3`);
  const lesson = NUMBERS.find((lesson) => String(lesson) === lessonText);
  if (lesson === undefined) {
    throw new UsageError(`no lesson ${shortened(lessonText)}; there are ${NUMBERS.join(", ")}`);
  }
  const hints = await hintsOf(lesson);
  const number = hints.findIndex((_, i) => String(i + 1) === numberText) + 1;
  if (number === 0 || others.length > 0) {
    const typed = shortened([numberText, ...others].join(" "));
    throw new UsageError(`no hint ${typed}; lesson ${lesson} has 1 to ${hints.length}`);
  }
  return screenful(lesson, number, hints);
}

/** One hint as it is shown: code without its fences, and how to get the next one. */
function screenful(lesson: number, number: number, hints: readonly Hint[]): string {
  const { title, text } = hints[number - 1];
  const next = number < hints.length
    ? `\nThe next hint: ${PROGRAM} ${lesson} ${number + 1}\n`
    : `\nThat was the last hint.\n`;
  const plain = text.replace(/^```\w*\n([^]*?)^```$/gm, (_, code) => indented(code));
  return `${bold(`Hint ${number} of ${hints.length} for lesson ${lesson}: ${title}`)}\n\n` +
    `${plain.trimEnd()}\n${dim(next)}`;
}

function indented(code: string): string {
  return code.replace(/^(?=.)/gm, "    ").trimEnd();
}

if (import.meta.main) {
  try {
    colourFor(Deno.stdout);
    endOnCtrlC();
    await printPages(await main(Deno.args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    Deno.exit(2);
  }
}
