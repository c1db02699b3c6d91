/** The result for a person at a terminal of 80 columns. */
import { bold, dim, green, red, yellow } from "@std/fmt/colors";
import type { LessonClaims } from "../experiment/claims.ts";
import { wrap } from "../../../lessons/tools/wrap.ts";
import { adviceText, measuredText, shortenedTo, stepLines } from "./lines.ts";
import { nextSteps } from "./next_steps.ts";
import { oneNextThing } from "./one_next_thing.ts";
import type { ClaimResult, GradeResult, LessonResult } from "./result.ts";

const COLUMNS = 80;

/** The verdicts differ by their letters, not only by their colours. */
const MARKS = {
  pass: { word: "pass", paint: green },
  fail: { word: "FAIL", paint: red },
  inconclusive: { word: "  ? ", paint: yellow },
};

/** What the report is for. */
export interface ReportOptions {
  /** All claims with all their steps, and not the one next thing. */
  readonly steps?: boolean;
  /** The flags that say what was graded; undefined: the exercise of the lesson, in its place. */
  readonly again?: string;
}

/**
 * The report. Where everything holds, what was measured. Otherwise the first thing that does not, in
 * full; the others in a line each; and at the end what to do next.
 */
export function reportText(result: GradeResult, options: ReportOptions = {}): string {
  const { lessons } = result;
  const failing = lessons.find(({ claims }) => claims.some(({ status }) => status !== "pass"));
  const parts = lessons.map((lesson) => {
    if (lesson.error !== "") return notGraded(lesson);
    if (options.steps) return table(lesson);
    if (lesson === failing) return oneNextThing(lesson, COLUMNS);
    return lessons.length === 1 ? allHold(lesson) : countsLine(lesson);
  });
  const total = lessons.length > 1 ? `\n${totalLine(result)}` : "";
  const next = failing !== undefined && failing.error === "" && !options.steps
    ? nextSteps(failing, options.again)
    : [];
  return `\n${parts.join("\n")}${total}${seedLine(result)}${
    next.map((line) => `${bold(line)}\n`).join("")
  }`;
}

function notGraded({ name, error }: LessonResult): string {
  return `${bold(`Lesson ${name}`)}\n${wrap(`not graded: ${error}`, COLUMNS).join("\n")}\n`;
}

/** Everything holds: of each claim what was measured, so that all of it is on one screen. */
function allHold(lesson: LessonResult): string {
  const { name, claims } = lesson;
  const rows = claims.map((row) => {
    const head = `${MARKS.pass.word}  ${row.id}  `, width = COLUMNS - head.length;
    const [first, ...more] = wrap(measuredText(row) + hiddenText(row), width);
    const second = more.length === 0 ? [] : [shortenedTo(width, more.join(" "))];
    return `${green(head)}${first}\n${second.map((line) => " ".repeat(head.length) + line + "\n")}`;
  }).join("");
  return `${bold(`Lesson ${name}: ${countsText(lesson)}`)}\n${rows}`;
}

/** All claims with all their steps: what was measured; of those that do not hold the advice too. */
function table(lesson: LessonResult): string {
  const { name, claims } = lesson;
  const idWidth = Math.max(...claims.map(({ id }) => id.length));
  const rows = claims.map((row) => claimRow(row, idWidth)).join("");
  return `${bold(`Lesson ${name}`)}\n${rows}${countsLine(lesson)}`;
}

function claimRow(row: ClaimResult, idWidth: number): string {
  const { word, paint } = MARKS[row.status];
  const points = `${row.score}/${row.max_score}`.padStart(5);
  const head = `${word}  ${row.id.padEnd(idWidth)} ${points}  `;
  const indent = " ".repeat(head.length);
  const width = COLUMNS - head.length;
  const [first, ...rest] = wrap(row.text + hiddenText(row), width);
  const took = `; ${(row.duration_ms / 1000).toFixed(1)} s`;
  return [
    paint(word) + head.slice(word.length) + first,
    ...rest.map((line) => indent + line),
    ...wrap(measuredText(row) + took, width).map((line) => indent + dim(line)),
    ...stepLines(row, COLUMNS, Infinity).map((line) => dim(line)),
    ...adviceText(row).flatMap((text) => wrap(text, width)).map((line) => indent + line),
  ].join("\n") + "\n";
}

/** Of a claim that is not for everyone's eyes, when they are. */
function hiddenText({ visibility }: ClaimResult): string {
  return visibility === "visible" ? "" : ` [${visibility}]`;
}

function countsLine(lesson: LessonResult): string {
  return bold(`lesson ${lesson.lesson}: ${countsText(lesson)}`) + "\n";
}

/** `3 of 16 points, 2 of 7 claims, 1 inconclusive`. */
export function countsText({ score, max_score, claims }: LessonResult): string {
  const held = claims.filter(({ status }) => status === "pass").length;
  const unclear = claims.filter(({ status }) => status === "inconclusive").length;
  return `${score} of ${max_score} points, ${held} of ${claims.length} claims` +
    (unclear === 0 ? "" : `, ${unclear} inconclusive`);
}

function totalLine({ score, max_score, lessons }: GradeResult): string {
  const claims = lessons.flatMap((lesson) => lesson.claims);
  const held = claims.filter(({ status }) => status === "pass").length;
  return bold(`total: ${score} of ${max_score} points, ${held} of ${claims.length} claims`) + "\n";
}

function seedLine({ seed, duration_ms, lessons }: GradeResult): string {
  const claims = lessons.flatMap((lesson) => lesson.claims);
  const [slowest] = claims.toSorted((a, b) => b.duration_ms - a.duration_ms);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const longest = claims.filter(({ tries }) => tries > 0).length > 1
    ? ` (${slowest.id} ${seconds(slowest.duration_ms)})`
    : "";
  return dim(`${seconds(duration_ms)}${longest}; seed ${seed} (again with --seed ${seed})`) + "\n";
}

/** The claims with their points, for `--list`. */
export function listText(lessons: readonly LessonClaims[]): string {
  return lessons.map(({ folder, claims }) => {
    const idWidth = Math.max(...claims.map(({ id }) => id.length));
    const rows = claims.map(({ id, points, text }) => {
      const head = `${id.padEnd(idWidth)}  ${`${points}`.padStart(2)}  `;
      return wrap(text, COLUMNS - head.length)
        .map((line, i) => (i === 0 ? head : " ".repeat(head.length)) + line).join("\n");
    });
    const points = claims.reduce((sum, claim) => sum + claim.points, 0);
    return `${bold(`Lesson ${folder}`)}\n${rows.join("\n")}\n${points} points\n`;
  }).join("\n");
}
