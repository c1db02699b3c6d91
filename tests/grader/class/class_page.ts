/** `class.html`: the class at a glance, for the instructor. What to explain again, and where to look. */
import { claimsOf, type ClassRow, errorOf } from "../report/summary.ts";
import { escaped } from "../../../lessons/lab/text/escaped.ts";
import { claimFigures, median, tenths, wasStarted } from "./class_figures.ts";
import { element, nameText, page, table } from "./html.ts";

/** Ways in which a claim failed that are shown, and the slowest that are. */
const MOST_FAILURES = 5, MOST_SLOW = 5;
const BAR_REM = 20;

/** @param lessons those that were graded. */
export function classPage(lessons: readonly number[], rows: readonly ClassRow[]): string {
  const sections: [title: string, html: string][] = [
    ["At a glance", glance(rows)],
    ["Claims", claims(rows)],
    ["To look at", lookAt(rows)],
    ["Time", times(rows)],
    ["Students", students(rows)],
  ];
  const body = sections.map(([title, html]) => `${element("h2", title)}\n${html}`).join("\n");
  return page(`The class in lesson ${lessons.join(", ")}`, body);
}

function glance(rows: readonly ClassRow[]): string {
  const handedIn = rows.filter(({ result }) => result !== undefined);
  const scores = handedIn.map(({ result }) => result?.score ?? 0);
  const started = rows.filter(wasStarted).length;
  const facts =
    `${rows.length} students; ${handedIn.length} handed in, ${started} of these have a ` +
    `server that starts. The median is ${median(scores)} of ${rows[0]?.max_score ?? 0} points.`;
  const counts = tenths(rows), most = Math.max(1, ...counts);
  const bars = counts.map((count, i) => {
    const width = (BAR_REM * count / most).toFixed(2);
    const range = i === 10 ? "all points" : `from ${10 * i} %`;
    return [range, count, { html: `<span class="bar" style="width: ${width}rem"></span>` }];
  });
  return element("p", facts) + "\n" + table(["points", "students", ""], bars);
}

function claims(rows: readonly ClassRow[]): string {
  const figures = claimFigures(rows).map(({ failures, ...claim }) => {
    const items = failures.slice(0, MOST_FAILURES).map(({ count, measured, hint }) => {
      const why = hint === "" ? "" : `<br>${element("small", hint)}`;
      return `<li>${element("strong", `${count} ×`)} ${element("span", measured)}${why}</li>`;
    });
    const left = failures.slice(MOST_FAILURES).reduce((sum, { count }) => sum + count, 0);
    const rest = left === 0 ? "" : element("li", `${left} in other ways`);
    const how = failures.length === 0 ? "" : `<ul>${items.join("")}${rest}</ul>`;
    const text = { html: `${element("strong", claim.id)} ${element("span", claim.text)}${how}` };
    return [text, claim.passed, claim.failed, claim.inconclusive];
  });
  const about =
    "Of those whose server starts. Failures that differ in numbers only are counted as one.";
  return element("p", about) + "\n" + table(["claim", "hold", "fail", "inconclusive"], figures);
}

/** What a person has to decide. */
function lookAt(rows: readonly ClassRow[]): string {
  const like = rows.filter((one) => one.like)
    .map(({ student, like = "", likeness = 0 }) => [
      nameText(student),
      `${likeness} % like ${nameText(like)}`,
    ]);
  const unclear = rows.flatMap(({ student, result }) =>
    claimsOf(result).filter(({ status }) => status === "inconclusive")
      .map(({ id, measured }) => [nameText(student), `${id} is inconclusive: ${measured}`])
  );
  const errors = rows.filter((row) => errorOf(row) !== "")
    .map((row) => [nameText(row.student), errorOf(row)]);
  const noted = rows.filter(({ note }) => note)
    .map(({ student, note = "" }) => [nameText(student), nameText(note)]);
  const all = [...errors, ...unclear, ...like, ...noted];
  if (all.length === 0) return element("p", "Nothing.");
  return table(["student", "why"], all) + element("p", "Likeness is a reason to look, no verdict.");
}

function times(rows: readonly ClassRow[]): string {
  const seconds = rows.flatMap(({ student, result }) =>
    result === undefined ? [] : [{ student, s: Math.round(result.duration_ms / 1000) }]
  ).sort((a, b) => b.s - a.s);
  const sum = seconds.reduce((total, { s }) => total + s, 0);
  const facts = `${Math.round(sum / 60)} minutes of grading in all, ` +
    `${median(seconds.map(({ s }) => s))} s in the median. The slowest:`;
  const slow = seconds.slice(0, MOST_SLOW).map(({ student, s }) => [nameText(student), s]);
  return element("p", facts) + "\n" + table(["student", "seconds"], slow);
}

function students(rows: readonly ClassRow[]): string {
  const lines = rows.map((row) => {
    const { student, result, final } = row;
    const link = `<a href="feedback/${escaped(encodeURIComponent(student.toWellFormed()))}.html">` +
      `${element("span", nameText(student))}</a>`;
    const failed = claimsOf(result).filter(({ status }) => status !== "pass").map(({ id }) => id);
    const hasPage = result !== undefined && result.lessons.length > 0;
    return [
      hasPage ? { html: link } : nameText(student),
      final,
      errorOf(row) === "" ? failed.join(", ") : "not graded",
    ];
  });
  return table(["student", "points", "without"], lines);
}
