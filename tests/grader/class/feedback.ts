/**
 * What a student gets back: verdicts, what was seen, what to do next; as text and as a page. Of a claim
 * that is not for everyone's eyes only the id and the points are told.
 */
import { adviceText, measuredText, saidLines, stepLines } from "../report/lines.ts";
import type { ClaimResult, GradeResult, LessonResult } from "../report/result.ts";
import type { ClassRow } from "../report/summary.ts";
import { element, nameText, page, table } from "./html.ts";

const WIDTH = 100, MOST_SAID = 8, MOST_STEPS = 30;
const WORDS = { pass: "holds", fail: "does not hold", inconclusive: "could not be told" };

/** The feedback as plain text. @param result the row's. */
export function feedbackText(row: ClassRow, result: GradeResult): string {
  const parts = result.lessons.map((lesson) => {
    // What does not start fails in everything, for one reason.
    const what = lesson.error === ""
      ? lesson.claims.flatMap((claim) => [...claimLines(claim), ""])
      : [`not graded: ${lesson.error}`, ""];
    return [titleOf(lesson), "", ...what, ...nextLines(lesson, result), ""].join("\n");
  });
  return `${nameText(row.student)}: ${pointsText(row, result)}\n\n${parts.join("\n")}`;
}

/** The feedback as a page that needs nothing else. */
export function feedbackPage(row: ClassRow, result: GradeResult): string {
  const body = result.lessons.map((lesson) => {
    const verdicts = lesson.claims.map((claim) => [
      claim.id,
      isVisible(claim) ? claim.text : "not shown",
      `${claim.score}/${claim.max_score}`,
      { html: element("span", WORDS[claim.status], claim.status) },
    ]);
    const error = lesson.error === "" ? "" : element("p", `Not graded: ${lesson.error}`, "fail");
    const lost = lesson.error === "" ? lesson.claims.filter(isLost) : [];
    return [
      element("h2", titleOf(lesson)),
      error,
      table(["claim", "", "points", ""], verdicts),
      ...lost.map(lostSection),
      ...nextLines(lesson, result).map((line) => element("p", line)),
    ].join("\n");
  });
  return page(
    nameText(row.student),
    `${element("p", pointsText(row, result))}\n${body.join("\n")}`,
  );
}

function isVisible({ visibility }: ClaimResult): boolean {
  return visibility === "visible";
}

function isLost(claim: ClaimResult): boolean {
  return claim.status !== "pass" && isVisible(claim);
}

function pointsText({ lateDays = 0, final }: ClassRow, { score, max_score }: GradeResult): string {
  const late = lateDays > 0
    ? `, ${final} as it is late by ${lateDays} ${lateDays === 1 ? "day" : "days"}`
    : "";
  return `${score} of ${max_score} points${late}`;
}

function titleOf({ name, score, max_score }: LessonResult): string {
  return `Lesson ${name}: ${score} of ${max_score}`;
}

function claimLines(claim: ClaimResult): string[] {
  const head = `${claim.id}  ${claim.score}/${claim.max_score}  ${WORDS[claim.status]}`;
  if (!isVisible(claim)) return [head];
  const seen = [`${head}: ${claim.text}`, `  ${measuredText(claim)}`];
  return claim.status === "pass" ? seen : [...seen, ...detailLines(claim), ...adviceText(claim)];
}

function detailLines(claim: ClaimResult): string[] {
  return [...saidLines(claim, WIDTH, MOST_SAID), ...stepLines(claim, WIDTH, MOST_STEPS)];
}

function lostSection(claim: ClaimResult): string {
  const details = detailLines(claim).join("\n");
  const steps = details === ""
    ? ""
    : `<details><summary>what was done and seen</summary>\n${element("pre", details)}</details>`;
  return [
    element("h3", `${claim.id} ${claim.text}`),
    element("p", measuredText(claim), claim.status),
    ...adviceText(claim).map((line) => element("p", line)),
    steps,
  ].join("\n");
}

/** What to do next, by what is missing. */
function nextLines({ lesson, claims, error }: LessonResult, { seed }: GradeResult): string[] {
  if (error !== "") {
    return ["Next: make it start, and see that it does.", `deno task watch ${lesson}`];
  }
  const [first] = claims.filter(isLost);
  if (first === undefined) return [];
  return [
    `Next: ${first.id}. Try it yourself, with the same values, and read the steps:`,
    `deno task grade ${first.id} --steps --seed ${seed}`,
    `deno task hint ${lesson}`,
  ];
}
