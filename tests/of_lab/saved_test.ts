/** Runs and grades that lie in files, on the lab's page. */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { clientSpans } from "../../lessons/lab/lanes/client_spans.ts";
import { readGradeFile } from "../../lessons/lab/save/grade_file.ts";
import { lanesOf, readRunFile, RunFileError } from "../../lessons/lab/save/run_file.ts";
import { savedGrade, savedRun } from "../../lessons/lab/server/saved_runs.ts";
import { claimResult, SCHEMA } from "../grader/report/result.ts";
import type { LessonClaims } from "../grader/experiment/claims.ts";
import type { Verdict } from "../grader/experiment/verdict.ts";
import { clientOf, ONE_REQUEST, states } from "./made_run.ts";
import { Page } from "./page_without_browser.ts";

const LESSON = { number: 3, folder: "3-io-multiplexing", claims: [] } as unknown as LessonClaims;

/** A row as the grader writes it. */
function row(id: string, verdict: Verdict): unknown {
  const claim = { id, text: "It holds", points: 5, experiment: () => Promise.resolve("") };
  return claimResult(LESSON, claim, { verdict, tries: 1, durationMs: 400 });
}

const FAILED: Verdict = {
  status: "fail",
  measured: "client 2 got no reply within 300 ms",
  hint: "Look at <script>alert(1)</script>",
  said: ["Error: no"],
  steps: [
    { atMs: 1, who: "server", what: "listens" },
    { atMs: 5, who: "client 1", what: "connects" },
    { atMs: 6, who: "client 2", what: "connects" },
    { atMs: 10, who: "client 1", what: 'sends "SLEEP 300"' },
    { atMs: 12, who: "client 2", what: 'sends "PING"' },
    { atMs: 312, who: "client 1", what: "gets +OK" },
    { atMs: 320, who: "client 1", what: "closes" },
  ],
};
const PASSED: Verdict = { status: "pass", measured: "8 of 8", steps: FAILED.steps.slice(0, 3) };
const GRADE = JSON.stringify({
  schema: SCHEMA,
  target: "my <b>server</b>",
  lessons: [{ lesson: 3, claims: [row("3.P1", PASSED), row("3.P2", FAILED)] }],
});

Deno.test("grade file: the steps of a claim are lanes, and say no more than the clients met", () => {
  const { target, claims } = readGradeFile(GRADE);
  assertEquals([target, claims.length], ["my <b>server</b>", 2]);
  const [, { lesson, proof, events }] = claims;
  assertEquals([lesson, proof.claim, proof.status, proof.client], [3, "3.P2", "fail", 2]);
  assertMatch(proof.measured, /^client 2 got no reply within 300 ms It said: Error: no$/);
  const lanes = lanesOf(events);
  assertEquals(states(lanes, clientOf(lanes, 1)), [
    "5-10 idle",
    "10-312 in the server",
    "312-320 idle",
  ]);
  assertEquals(states(lanes, clientOf(lanes, 2)), ["6-12 idle", "12-… in the server"]);
  assertEquals(lanes.graderSteps.length, FAILED.steps.length);
  // The moment to which the verdict points lies on a bar.
  const spans = clientSpans(clientOf(lanes, 2), lanes.nowUs);
  assert(spans.some(({ fromUs, toUs }) => fromUs <= proof.us! && proof.us! < toUs));
});

Deno.test("grade file: anything else is refused in one line", () => {
  const rows = [null, {}, { id: "3.P1", status: "?" }, {
    id: "3.P1",
    status: "fail",
    steps: [null],
  }];
  const wrong = rows.map((one) => ({ schema: SCHEMA, lessons: [{ lesson: 3, claims: [one] }] }));
  const others = [null, [], {}, { schema: SCHEMA }, { schema: SCHEMA, lessons: 3 }, ...wrong];
  for (const text of ["", "x", ...others.map((one) => JSON.stringify(one))]) {
    const { message } = assertThrows(() => readGradeFile(text), RunFileError);
    assertMatch(message, /^[^\n]+$/);
  }
});

Deno.test("lab server: a grade is shown, what was lost first, and each claim when it is asked for", async () => {
  await using page = new Page(undefined, savedGrade(readGradeFile(GRADE)));
  const lost = await page.until((events, { proof }) =>
    proof?.claim === "3.P2" && events.length > 0
  );
  assertEquals(lost, JSON.parse(JSON.stringify(readGradeFile(GRADE).claims[1].events)));
  let title = "";
  await page.act({ do: "show", line: "3.P1" });
  await page.until((_, state) => {
    title = state.title;
    return state.proof?.status === "pass" && state.lesson === 3 && !state.running;
  });
  assertEquals(title, "the grade of my <b>server</b>: 3.P1");
  const none = await page.ask({ do: "show", line: "9.P9" });
  assertEquals([none.status, await none.json()], [400, { why: "no such run was saved" }]);
});

Deno.test("lab server: a run is shown from its file, and can be saved again as it was", async () => {
  await using page = new Page(undefined, savedRun("a.json", { lesson: 3, events: ONE_REQUEST }));
  const events = await page.until((events) => events.length === ONE_REQUEST.length);
  assertEquals(events, JSON.parse(JSON.stringify(ONE_REQUEST)));
  const { lesson, events: again } = readRunFile(await page.file("api/run.json"));
  assertEquals([lesson, again], [3, events]);
});

Deno.test({
  name: "lab server: a command is a server to be driven by hand, and lanes need no trace",
  // What is seen of it from outside is in Linux's /proc.
  ignore: Deno.build.os !== "linux",
  async fn() {
    const deno = `${Deno.execPath()} run -A lessons/3-io-multiplexing/server.ts`;
    await using page = new Page(`${deno} --port {port} --trace off`);
    await page.act({ do: "start", lesson: 3, sizes: {}, whose: "command" });
    await page.act({ do: "connect", count: 2, line: "ECHO hi" });
    const events = await page.until((events) =>
      events.filter((one) => one.source === "client" && one.event === "reply").length === 2
    );
    const lanes = lanesOf(events);
    assertEquals([lanes.hasTrace, lanes.clients.length], [false, 2]);
    assert(lanes.kernel.threads.size > 0, "no thread was seen");
  },
});
