/**
 * The result as the `result.json` that Classroom 50 collects. The contract:
 * https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
 *
 * Who submitted what comes from the variables that its runner sets, or else from GitHub Actions' own;
 * without either the fields say `local`, since the format wants them to be non-empty.
 */
import type { ClaimResult, GradeResult } from "./result.ts";

/** Reads an environment variable; undefined when it is not set. */
export type Environment = (name: string) => string | undefined;

/** @returns what is to be written as JSON. */
export function classroom50Report(result: GradeResult, environment: Environment) {
  const first = (...names: string[]) => names.map(environment).find((value) => value);
  const lessons = result.lessons.map(({ lesson }) => lesson).join("-");
  const repository = gitHubUrl(environment);
  const submission = first("SUBMISSION_TAG", "GITHUB_REF_NAME") ?? "local";
  const sha = environment("GITHUB_SHA");
  const commit = first("COMMIT_URL") ??
    (repository && sha ? `${repository}/commit/${sha}` : "local");
  const release = `${repository}/releases/tag/${encodeURIComponent(submission)}`;
  return {
    schema: "classroom50/result/v1",
    classroom: first("CLASSROOM") ?? "local",
    assignment: first("ASSIGNMENT") ?? `connfd-lesson-${lessons}`,
    assignment_type: first("ASSIGNMENT_TYPE") ?? "individual",
    owner: first("OWNER", "USERNAME", "GITHUB_REPOSITORY_OWNER") ?? "local",
    submission,
    commit,
    release: first("RELEASE_URL") ?? (repository ? release : "local"),
    review: first("REVIEW_URL") ?? commit,
    datetime: result.started_at.replace(/\.\d+Z$/, "Z"),
    score: result.score,
    "max-score": result.max_score,
    tests: result.lessons.flatMap(({ claims }) => claims.map(testCase)),
  };
}

/** The repository's page; undefined outside GitHub Actions. */
function gitHubUrl(environment: Environment): string | undefined {
  const repository = environment("GITHUB_REPOSITORY");
  if (!repository) return undefined;
  return `${environment("GITHUB_SERVER_URL") ?? "https://github.com"}/${repository}`;
}

/** A student sees every row: of a claim that is not for everyone's eyes only the id is told. */
function testCase({ id, text, status, score, max_score, visibility }: ClaimResult) {
  return {
    "test-name": visibility === "visible" ? `${id} ${text}` : id,
    passed: status === "pass",
    score,
    "max-score": max_score,
  };
}
