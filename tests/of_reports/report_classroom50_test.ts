/** The result as Classroom 50 collects it, and where its fields come from. */
import { assertEquals } from "@std/assert";
import { classroom50Report } from "../grader/report/classroom50.ts";
import { someResult } from "./grade_results.ts";

Deno.test("Classroom 50: its fields, from the runner's variables", () => {
  const variables: Record<string, string> = {
    CLASSROOM: "cs1",
    ASSIGNMENT: "loops",
    ASSIGNMENT_TYPE: "group",
    OWNER: "ann",
    SUBMISSION_TAG: "submit/2026-11-24T10-00-00Z-abc",
    COMMIT_URL: "https://example.org/commit",
    RELEASE_URL: "https://example.org/release",
    REVIEW_URL: "https://example.org/review",
  };
  const report = classroom50Report(someResult(), (name) => variables[name]);
  assertEquals(report, {
    schema: "classroom50/result/v1",
    classroom: "cs1",
    assignment: "loops",
    assignment_type: "group",
    owner: "ann",
    submission: "submit/2026-11-24T10-00-00Z-abc",
    commit: "https://example.org/commit",
    release: "https://example.org/release",
    review: "https://example.org/review",
    datetime: "2026-11-24T10:00:00Z",
    score: 3,
    "max-score": 8,
    tests: [
      {
        "test-name": "3.P1 Idle & slow clients hold up nobody",
        passed: true,
        score: 3,
        "max-score": 3,
      },
      { "test-name": "3.C1 One request at a time", passed: false, score: 0, "max-score": 2 },
      { "test-name": '3.C2 Waiting "adds up"', passed: false, score: 0, "max-score": 2 },
      { "test-name": "3.H1", passed: false, score: 0, "max-score": 1 },
    ],
  });
});

Deno.test("Classroom 50: GitHub's variables, and no field is empty without any", () => {
  const variables: Record<string, string> = {
    GITHUB_REPOSITORY: "cs1/loops-ann",
    GITHUB_REPOSITORY_OWNER: "cs1",
    GITHUB_REF_NAME: "v 1",
    GITHUB_SHA: "abc",
  };
  const { commit, release, review, owner } = classroom50Report(
    someResult(),
    (name) => variables[name],
  );
  assertEquals({ commit, release, review, owner }, {
    commit: "https://github.com/cs1/loops-ann/commit/abc",
    release: "https://github.com/cs1/loops-ann/releases/tag/v%201",
    review: "https://github.com/cs1/loops-ann/commit/abc",
    owner: "cs1",
  });
  const empty = Object.entries(classroom50Report(someResult(), () => undefined))
    .filter(([, value]) => value === "");
  assertEquals(empty, []);
});
