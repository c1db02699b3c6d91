/**
 * The result in Gradescope's format, for `/autograder/results/results.json`. The format:
 * https://gradescope-autograders.readthedocs.io/en/latest/specs/
 *
 * Points are those of each claim. A claim's `visibility` is passed on: a hidden claim is named nowhere
 * else in the file.
 */
import { claimText } from "./lines.ts";
import type { ClaimResult, GradeResult } from "./result.ts";

/** Reads as plain text, so that nothing in it is taken for HTML or Markdown. */
const TEXT = "text";

/** @returns what is to be written as JSON. */
export function gradescopeReport(result: GradeResult) {
  const claims = result.lessons.flatMap((lesson) => lesson.claims);
  return {
    score: result.score,
    execution_time: Math.ceil(result.duration_ms / 1000),
    output: outputText(result),
    output_format: TEXT,
    visibility: "visible",
    // What the grader prints names hidden claims too.
    stdout_visibility: "hidden",
    tests: claims.map(testCase),
    extra_data: { schema: result.schema, seed: result.seed, max_score: result.max_score },
  };
}

function outputText({ error, seed, lessons }: GradeResult): string {
  if (error !== "") return `Not graded: ${error}`;
  const sections = lessons.map(({ name }) => `lessons/${name}/README.md`).join(", ");
  return `The claims are those of ${sections}. Try them yourself, with the same values:\n` +
    `deno task grade ${lessons.map(({ lesson }) => lesson).join(" ")} --seed ${seed}`;
}

function testCase(row: ClaimResult) {
  return {
    score: row.score,
    max_score: row.max_score,
    status: row.status === "pass" ? "passed" : "failed",
    name: row.text,
    number: row.id,
    output: claimText(row),
    output_format: TEXT,
    tags: [row.status],
    visibility: row.visibility,
  };
}
