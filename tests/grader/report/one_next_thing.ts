/**
 * A lesson in which not everything holds, on one screen: the first failure in full, the others in a
 * line each. A first screen with five failures is read as none.
 */
import { bold, dim, green, red, yellow } from "@std/fmt/colors";
import { wrap } from "../../../lessons/tools/wrap.ts";
import { adviceText, measuredText, saidLines, shortenedTo, stepLines } from "./lines.ts";
import type { ClaimResult, LessonResult } from "./result.ts";

/** A terminal's lines, without those that stand below: the time, and what to do next. */
const LINES = 24 - 5;
const FEWEST_STEPS = 4, MOST_SAID = 4;
const INDENT = "      ";

/** @param columns of the terminal. */
export function oneNextThing(lesson: LessonResult, columns: number): string {
  const { name, claims, score, max_score } = lesson;
  const passed = claims.filter(({ status }) => status === "pass");
  const [first, ...others] = firstFailureFirst(claims);
  const points = `Lesson ${name}: ${score} of ${max_score} points`;
  const title = bold(points) + held(passed, columns - points.length);
  const inFull = failure(first, headOf(first, others), columns);
  const rest = otherLines(others, columns);
  const room = LINES - 2 - inFull.length - rest.length;
  const steps = stepsOf(first, columns, Math.max(FEWEST_STEPS, room));
  return [title, ...inFull, ...steps, ...rest].join("\n") + "\n";
}

/** Of the protocol: what a client that is alone asks, before anything special. */
const BASIC =
  /^(each command|several requests|a request in many|large replies|a half-close|a request that|a slow)/;

/**
 * What failed comes before what is unclear, in the order of the lesson; but first of all what already
 * goes wrong with a single client.
 */
export function firstFailureFirst(claims: readonly ClaimResult[]): ClaimResult[] {
  const failed = claims.filter(({ status }) => status === "fail");
  const basic = failed.filter(({ measured }) => BASIC.test(measured));
  const others = failed.filter((row) => !basic.includes(row));
  return [...basic, ...others, ...claims.filter(({ status }) => status === "inconclusive")];
}

/** Those that hold: by their ids, where there is room. */
function held(passed: readonly ClaimResult[], room: number): string {
  if (passed.length === 0) return "";
  const verb = passed.length === 1 ? "holds" : "hold";
  const ids = `; ${passed.map(({ id }) => id).join(", ")} ${verb}`;
  return green(ids.length <= room ? ids : `; ${passed.length} claims ${verb}`);
}

/** When the others were not tried, it is not the claim that fails, but what every claim needs. */
function headOf({ id, text }: ClaimResult, others: readonly ClaimResult[]): string {
  return others.length > 0 && others.every(({ tries }) => tries === 0)
    ? "One client, alone, asks for PING: before that is answered, no claim can hold"
    : `${id}  ${text}`;
}

/** What was seen, what the server wrote, and the advice. */
function failure(row: ClaimResult, head: string, columns: number): string[] {
  const width = columns - INDENT.length;
  const mark = row.status === "fail" ? red("FAIL") : yellow("  ? ");
  const indented = (lines: readonly string[]) => lines.map((line) => INDENT + line);
  const [first, ...more] = wrap(head, width);
  return [
    `${mark}  ${bold(first)}`,
    ...indented(more).map((line) => bold(line)),
    ...indented(wrap(measuredText(row), width)),
    ...indented(saidLines(row, width, MOST_SAID)),
    ...indented(adviceText(row).flatMap((text) => wrap(text, width))),
  ];
}

function stepsOf(row: ClaimResult, columns: number, most: number): string[] {
  return stepLines(row, columns, most).slice(-most).map((line) => dim(line));
}

/** A line each; those that were not tried share one. */
function otherLines(rows: readonly ClaimResult[], columns: number): string[] {
  const untried = rows.filter(({ tries }) => tries === 0).map(({ id }) => id);
  const lines = rows.filter(({ tries }) => tries > 0).map((row) => {
    const mark = row.status === "fail" ? red("FAIL") : yellow("  ? ");
    return `${mark}  ${shortenedTo(columns - INDENT.length, `${row.id}  ${row.measured}`)}`;
  });
  const because = `not tried, because of this: ${untried.join(", ")}`;
  return untried.length === 0 ? lines : [...lines, ...wrap(because, columns)];
}
