/** Results as a grading makes them, for tests of the reports. No server runs for them. */
import { claimResult, type GradeResult, SCHEMA, totals } from "../grader/report/result.ts";
import type { Claim, LessonClaims } from "../grader/experiment/claims.ts";
import type { Verdict } from "../grader/experiment/verdict.ts";

const experiment = () => Promise.reject(new Error("is not run"));

function claim(id: string, text: string, points: number, more: Partial<Claim> = {}): Claim {
  return { id, text, points, experiment, ...more };
}

/** A lesson with a claim of each verdict, and a hidden one. */
export const LESSON: LessonClaims = {
  lesson: 3,
  folder: "3-io-multiplexing",
  claims: [
    claim("3.P1", "Idle & slow clients hold up nobody", 3),
    claim("3.C1", "One request at a time", 2),
    claim("3.C2", 'Waiting "adds up"', 2),
    claim("3.H1", "The secret of the instructor", 1, { visibility: "after_due_date" }),
  ],
};

/** What a hostile server could have the grader quote. */
export const HOSTILE = "\x1b[2Jcleared\x9b31m \u202e]]> <b>\ud800\r\nsecond";

const VERDICTS: Verdict[] = [
  {
    status: "pass",
    measured: "16 clients",
    steps: [{ atMs: 3, who: "server", what: "listens" }],
  },
  {
    status: "fail",
    measured: HOSTILE,
    hint: "Wait for all <sockets>.",
    said: [HOSTILE],
    seen: {
      clients: ["client 1"],
      threads: [{ server: 1, process: 1, name: HOSTILE, cpu_ms: 12, runs: 3 }],
    },
    steps: [
      { atMs: 0.4, who: "server", what: "listens" },
      { atMs: 12.6, who: "client 1", what: `gets ${HOSTILE}` },
    ],
  },
  { status: "inconclusive", measured: "neither", steps: [] },
  { status: "fail", measured: "left 3 open", hint: "Close.", steps: [] },
];

/** A grading of the lesson. */
export function someResult(): GradeResult {
  const rows = LESSON.claims.map((one, i) =>
    claimResult(LESSON, one, {
      verdict: VERDICTS[i],
      tries: VERDICTS[i].status === "inconclusive" ? 3 : 1,
      durationMs: 1234.5,
    })
  );
  const lesson = { lesson: 3, name: LESSON.folder, ...totals(rows), error: "", claims: rows };
  return {
    schema: SCHEMA,
    target: "ann.ts",
    seed: 7,
    started_at: "2026-11-24T10:00:00.123Z",
    duration_ms: 2345,
    ...totals([lesson]),
    error: "",
    lessons: [lesson],
  };
}

/** A server that did not start: every claim without points, and the reason. */
export function unstartedResult(): GradeResult {
  const verdict = { status: "fail", measured: "did not start", steps: [] } as const;
  const rows = LESSON.claims.map((one) =>
    claimResult(LESSON, one, { verdict, tries: 0, durationMs: 0 })
  );
  const error = "ann.ts: does not parse";
  const lesson = { lesson: 3, name: LESSON.folder, ...totals(rows), error, claims: rows };
  return { ...someResult(), ...totals([lesson]), error, lessons: [lesson] };
}
