/** What the reports say about one claim, in lines of plain text: for a terminal and for platforms. */
import { type FoldedStep, foldSteps } from "./fold_steps.ts";
import type { ClaimResult } from "./result.ts";

/**
 * Breaks a text at blanks. A word that is longer than a line is cut.
 *
 * @param width characters that fit on a line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    for (; word.length > width; word = word.slice(width)) lines.push(word.slice(0, width));
    line = word;
  }
  return [...lines, line];
}

/** What was measured, with the verdict where it needs a word, and what had to be repeated. */
export function measuredText({ status, measured, tries }: ClaimResult): string {
  const repeated = tries > 1 ? ` (tried ${tries} times)` : "";
  return `${status === "inconclusive" ? "inconclusive: " : ""}${measured}${repeated}`;
}

/** The numbered steps: when, who, what. Empty for a claim that holds. */
export function stepLines({ steps }: ClaimResult, width: number): string[] {
  return foldSteps(steps).flatMap((folded) => stepLine(folded, width));
}

function stepLine(folded: FoldedStep, width: number): string[] {
  if ("leftOut" in folded) {
    const { leftOut, alike } = folded;
    return [`  …  ${leftOut} more ${alike ? "of the same kind" : "steps"}`];
  }
  const { number, step: { atMs, who, what } } = folded;
  const head = `${`${number}`.padStart(3)}. ${`${atMs}`.padStart(5)} ms  `;
  return wrap(`${who} ${what}`, width - head.length)
    .map((text, i) => (i === 0 ? head : " ".repeat(head.length)) + text);
}

/** Where to go on: a hint, and the lesson's text. Empty for a claim that holds. */
export function adviceText({ status, hint, section }: ClaimResult): string[] {
  if (status === "pass") return [];
  const advice = hint === "" && status === "inconclusive"
    ? "Grade again when the machine has less to do."
    : hint;
  return [...(advice === "" ? [] : [`hint: ${advice}`]), `see ${section}`];
}

/** Everything about one claim below its title, for a platform that shows text. */
export function claimText(row: ClaimResult): string {
  return [measuredText(row), ...stepLines(row, 100), ...adviceText(row)].join("\n");
}
