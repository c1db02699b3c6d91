/** What the reports say about one claim, in lines of plain text: for a terminal and for platforms. */
import { wrap } from "../../../lessons/tools/wrap.ts";
import { type FoldedStep, foldSteps } from "./fold_steps.ts";
import type { ClaimResult } from "./result.ts";

/** Lines of what the server wrote, where there is room. */
const MOST_SAID = 8;

/** A text that may lose its end, after a word. */
export function shortenedTo(columns: number, text: string): string {
  if (text.length <= columns) return text;
  const [first] = wrap(text, columns - 2);
  return `${first} …`;
}

/** What was measured, with the verdict where it needs a word, and what had to be repeated. */
export function measuredText({ status, measured, tries }: ClaimResult): string {
  const repeated = tries > 1 ? ` (tried ${tries} times)` : "";
  return `${status === "inconclusive" ? "inconclusive: " : ""}${measured}${repeated}`;
}

/**
 * The numbered steps: when, who, what.
 *
 * @param most lines, before they are broken.
 */
export function stepLines(
  { steps }: Pick<ClaimResult, "steps">,
  width: number,
  most?: number,
): string[] {
  return foldSteps(steps, most).flatMap((folded) => stepLine(folded, width));
}

function stepLine(folded: FoldedStep, width: number): string[] {
  if ("leftOut" in folded) {
    const { leftOut, alike } = folded;
    return [`  …  ${leftOut} more ${alike ? "of the same kind" : "steps"}`];
  }
  const { number, step: { atMs, who, what } } = folded;
  const head = `${`${number}`.padStart(3)}. ${atMs.toFixed(0).padStart(5)} ms  `;
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

/** What the server wrote, in quotes as it were: below a line that says so. */
export function saidLines({ said }: ClaimResult, width: number, most: number): string[] {
  if (said.length === 0) return [];
  const lines = said.slice(0, most).flatMap((line) => wrap(line, width - 2));
  return ["the server wrote:", ...lines.slice(0, most).map((line) => `  ${line}`)];
}

/** Everything about one claim below its title, for a platform that shows text. */
export function claimText(row: ClaimResult): string {
  if (row.status === "pass") return measuredText(row);
  const lines = [...saidLines(row, 100, MOST_SAID), ...stepLines(row, 100), ...adviceText(row)];
  return [measuredText(row), ...lines].join("\n");
}
