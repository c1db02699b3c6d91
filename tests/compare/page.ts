/** What a comparison looks like: the report for a terminal, and the part of the page that has figures. */
import type { Comparison } from "./figures.ts";
import { machineText } from "./machine.ts";
import { markdownTables, terminalTables } from "./table.ts";

/** The page with the figures. */
export const PAGE = new URL("../../lessons/comparison/README.md", import.meta.url);

const BEGIN = "<!-- The figures from here on are written by `deno task compare --page`. -->\n";
const END = "<!-- As far as here. -->\n";

/** As wide as a terminal is. */
const WIDTH = 80;

/** The whole report. */
export function reportText(comparison: Comparison): string {
  const notes = notesText(comparison);
  return `${settingsText(comparison)}\n${terminalTables(comparison)}${notes && "\n"}${notes}`;
}

/** The lines between the marks of the page. */
function figuresText(comparison: Comparison, further: string): string {
  const settings = `${comparison.date.slice(0, 10)}\n${settingsText(comparison)}`;
  const notes = notesText(comparison);
  return [
    block("sh", `${comparison.command}\n`),
    block("text", settings),
    markdownTables(comparison),
    ...notes === "" ? [] : [block("text", notes)],
    ...further === "" ? [] : [further],
  ].map((part) => `\n${part}`).join("") + "\n";
}

function settingsText({ machine, pool, fib, quick }: Comparison): string {
  const remark = quick ? "; quick, for a look: little was done" : "";
  return wrapped(machineText(machine)) + `pools of ${pool}; FIB ${fib}${remark}\n`;
}

function notesText({ missing }: Comparison): string {
  return missing.map(wrapped).join("");
}

/** A block of code, in Markdown. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}

/**
 * Puts the figures into the text of the page.
 *
 * @param further what stands below the tables, in Markdown; see `further.ts`.
 * @throws Error when the marks between which they stand are not there.
 */
export function withFigures(page: string, comparison: Comparison, further: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error("the page lacks the marks for its figures");
  return page.slice(0, begin + BEGIN.length) + figuresText(comparison, further) + page.slice(end);
}

/** The text in lines that a terminal has room for, broken at blanks. */
export function wrapped(text: string): string {
  let line = "", lines = "";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > WIDTH) [lines, line] = [`${lines}${line}\n`, ""];
    line += (line === "" ? "" : " ") + word;
  }
  return `${lines}${line}\n`;
}
