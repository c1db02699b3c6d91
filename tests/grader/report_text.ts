/** The result for a person at a terminal of 80 columns: the table of claims, and the totals. */
import { bold, dim, green, red, yellow } from "@std/fmt/colors";
import type { LessonClaims } from "./claims.ts";
import { adviceText, measuredText, stepLines, wrap } from "./report_lines.ts";
import type { ClaimResult, GradeResult, LessonResult } from "./result.ts";

const COLUMNS = 80;
const PLAIN = (text: string) => text;

/** The verdicts differ by their letters, not only by their colours. */
const MARKS = {
  pass: { word: "pass", paint: green },
  fail: { word: "FAIL", paint: red },
  inconclusive: { word: "  ? ", paint: yellow },
};

/** The table of every lesson, and the totals. */
export function reportText(result: GradeResult): string {
  const tables = result.lessons.map(lessonText);
  return `\n${tables.join("\n")}${result.lessons.length > 1 ? `\n${totalLine(result)}` : ""}${
    seedLines(result)
  }`;
}

function lessonText(lesson: LessonResult): string {
  const { name, claims, error } = lesson;
  const title = bold(`Lesson ${name}`);
  if (error !== "") return `${title}\n${wrap(`not graded: ${error}`, COLUMNS).join("\n")}\n`;
  const idWidth = Math.max(...claims.map(({ id }) => id.length));
  const rows = claims.map((row, i) => {
    const twin = claims.slice(0, i).find((earlier) => failsAlike(earlier, row));
    return claimRow(row, idWidth, twin?.id);
  }).join("");
  return `${title}\n${rows}${bold(`lesson ${lesson.lesson}: ${countsText(lesson)}`)}\n`;
}

/** The steps and the advice of a failure are told once. */
function failsAlike(a: ClaimResult, b: ClaimResult): boolean {
  return b.status !== "pass" && a.status === b.status && a.measured === b.measured &&
    a.hint === b.hint;
}

/** @param twin the id of an earlier claim that failed in the same way. */
function claimRow(row: ClaimResult, idWidth: number, twin: string | undefined): string {
  const { word, paint } = MARKS[row.status];
  const points = `${row.score}/${row.max_score}`.padStart(5);
  const head = `${word}  ${row.id.padEnd(idWidth)} ${points}  `;
  const indent = " ".repeat(head.length);
  const width = COLUMNS - head.length;
  const hidden = row.visibility === "visible" ? "" : ` [${row.visibility}]`;
  const [first, ...rest] = wrap(row.text + hidden, width);
  const seen = row.status === "pass" ? dim : PLAIN;
  const below = twin === undefined
    ? [
      ...stepLines(row, COLUMNS).map((line) => dim(line)),
      ...adviceText(row).flatMap((text) => wrap(text, width)).map((line) => indent + line),
    ]
    : [`${indent}as in ${twin}`];
  return [
    paint(word) + head.slice(word.length) + first,
    ...rest.map((line) => indent + line),
    ...wrap(measuredText(row), width).map((line) => indent + seen(line)),
    ...below,
    // Room after a failure, so that the next claim is found.
    ...(row.status === "pass" ? [] : [""]),
  ].join("\n") + "\n";
}

function countsText({ score, max_score, claims }: LessonResult): string {
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

function seedLines({ seed, duration_ms }: GradeResult): string {
  const seconds = (duration_ms / 1000).toFixed(1);
  return dim(`${seconds} s; seed ${seed} (again with --seed ${seed})`) + "\n";
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
