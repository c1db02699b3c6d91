/**
 * The steps that led to a failure, short enough to read: a run of steps that differ only in a number,
 * such as `client 1 connects`, `client 2 connects`, …, becomes one of its kind and a count.
 */
import type { Step } from "../experiment/step.ts";

/** A step with its number from 1, or how many steps stand here that are not shown. */
export type FoldedStep =
  | { readonly number: number; readonly step: Step }
  | { readonly leftOut: number; readonly alike: boolean };

const MOST_LINES = 20;
/** Of a list that is still too long, so many lines at its start are kept, or a quarter; the end tells more. */
const FIRST_LINES = 5;
/** A run repeats a pattern of at most so many steps, such as: connects, sends, gets. */
const LONGEST_PATTERN = 4;

/** @param most lines to return. */
export function foldSteps(steps: readonly Step[], most = MOST_LINES): FoldedStep[] {
  const kinds = steps.map(({ who, what }) => `${who} ${what}`.replace(/\d+/g, "#"));
  const lines: FoldedStep[] = [];
  for (let at = 0; at < steps.length;) {
    const { pattern, length } = longestRun(kinds, at);
    // Two lines are saved at least: less is not worth the gap.
    const folds = length - pattern >= 2;
    const shown = folds ? pattern : 1;
    for (let i = at; i < at + shown; i++) lines.push({ number: i + 1, step: steps[i] });
    if (folds) lines.push({ leftOut: length - pattern, alike: true });
    at += folds ? length : 1;
  }
  return lines.length <= most ? lines : cutMiddle(lines, most);
}

/** The longest run of a repeated pattern that starts here. */
function longestRun(kinds: readonly string[], at: number): { pattern: number; length: number } {
  let best = { pattern: 1, length: 1 };
  for (let pattern = 1; pattern <= LONGEST_PATTERN; pattern++) {
    let end = at + pattern;
    while (end < kinds.length && kinds[end] === kinds[end - pattern]) end++;
    const length = Math.floor((end - at) / pattern) * pattern;
    if (length - pattern > best.length - best.pattern) best = { pattern, length };
  }
  return best;
}

function cutMiddle(lines: readonly FoldedStep[], most: number): FoldedStep[] {
  const first = Math.min(FIRST_LINES, most >> 2);
  const last = lines.slice(lines.length - (most - first - 1));
  const middle = lines.slice(first, lines.length - last.length);
  const leftOut = middle.reduce((sum, line) => sum + ("leftOut" in line ? line.leftOut : 1), 0);
  return [...lines.slice(0, first), { leftOut, alike: false }, ...last];
}
