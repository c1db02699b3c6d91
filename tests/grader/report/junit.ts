/**
 * The result as JUnit XML, for a CI system to show. JUnit knows no points: they stand in the
 * properties and in the names. A claim that does not hold is a failure, an inconclusive one an error.
 * Control characters, which XML forbids, are out of the result already.
 */
import { escaped } from "../../../lessons/lab/text/escaped.ts";
import { adviceText, measuredText, saidLines, stepLines } from "./lines.ts";
import type { ClaimResult, GradeResult, LessonResult } from "./result.ts";

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escaped(`${value}`)}"`).join(
    "",
  );
}

/** @returns the text of the file. */
export function junitReport(result: GradeResult): string {
  const claims = result.lessons.flatMap((lesson) => lesson.claims);
  const about = attributes({
    name: "connfd",
    ...counts(claims),
    time: seconds(result.duration_ms),
    timestamp: result.started_at,
  });
  const suites = result.lessons.map((lesson) => suite(lesson, result)).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${about}>\n${suites}</testsuites>\n`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function counts(claims: readonly ClaimResult[]) {
  const having = (status: string) => claims.filter((row) => row.status === status).length;
  return { tests: claims.length, failures: having("fail"), errors: having("inconclusive") };
}

function suite(lesson: LessonResult, { seed, started_at }: GradeResult): string {
  const { name, score, max_score, claims } = lesson;
  const properties = Object.entries({ score, max_score, seed })
    .map(([name, value]) => `      <property${attributes({ name, value })}/>\n`).join("");
  const ms = claims.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
  const when = { time: seconds(ms), timestamp: started_at };
  return `  <testsuite${attributes({ name, ...counts(claims), ...when })}>\n` +
    `    <properties>\n${properties}    </properties>\n` +
    claims.map((row) => testCase(row, name)).join("") +
    "  </testsuite>\n";
}

function testCase(row: ClaimResult, classname: string): string {
  const name = `${row.id} ${row.text} (${row.score}/${row.max_score})`;
  const time = seconds(row.duration_ms);
  const head = `    <testcase${attributes({ name, classname, time })}>`;
  if (row.status === "pass") {
    return `${head}<system-out>${escaped(measuredText(row))}</system-out></testcase>\n`;
  }
  const tag = row.status === "fail" ? "failure" : "error";
  const details = [...saidLines(row, 100, 8), ...stepLines(row, 100), ...adviceText(row)].join(
    "\n",
  );
  const about = attributes({ message: measuredText(row), type: row.status });
  return `${head}<${tag}${about}>${escaped(details)}</${tag}></testcase>\n`;
}
