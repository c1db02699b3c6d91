/** The result in the formats of the platforms, and that nothing in it is raw. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import schema from "../grader/report/result.schema.json" with { type: "json" };
import { gradescopeReport } from "../grader/report/gradescope.ts";
import { junitReport } from "../grader/report/junit.ts";
import { HOSTILE, someResult, unstartedResult } from "./grade_results.ts";
import { schemaErrors } from "./json_schema.ts";

/** Nothing that steers a terminal, turns the writing, or that XML forbids; line ends are allowed. */
// deno-lint-ignore no-control-regex
const RAW = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufffe\uffff]/;
const XML_ENTITY = /&(?!(amp|lt|gt|quot|apos);)/;

/** Of the rows of a report. */
function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

Deno.test("the canonical result fits its schema, and the schema finds what does not", () => {
  assertEquals(schemaErrors(someResult(), schema), []);
  assertEquals(schemaErrors(unstartedResult(), schema), []);
  const wrong = JSON.parse(JSON.stringify(someResult()));
  wrong.lessons[0].claims[0].status = "maybe";
  wrong.lessons[0].claims[1].score = 0.5;
  wrong.lessons[0].claims[1].steps[0].bytes = 3;
  wrong.lessons[0].claims[1].threads[0].process = 0;
  delete wrong.seed;
  assertEquals(schemaErrors(wrong, schema), [
    "$: no seed",
    "$.lessons[0].claims[0].status: is maybe",
    "$.lessons[0].claims[1].score: not integer",
    "$.lessons[0].claims[1].steps[0]: bytes is unknown",
    "$.lessons[0].claims[1].threads[0].process: below 1",
  ]);
});

Deno.test("what the server said is in no report as it stands", () => {
  const result = someResult();
  assert(RAW.test(HOSTILE));
  const texts = [
    JSON.stringify(result, null, 2),
    JSON.stringify(gradescopeReport(result), null, 2),
    junitReport(result),
  ];
  for (const text of texts) {
    assertEquals(RAW.exec(text), null);
    assert(text.isWellFormed());
    assertStringIncludes(text, "cleared");
  }
});

Deno.test("Gradescope: points of each claim, the sum, and hidden claims nowhere else", () => {
  const report = gradescopeReport(someResult());
  const { tests, ...about } = report;
  assertEquals(about, {
    score: 3,
    execution_time: 3,
    output: "The claims are those of lessons/3-io-multiplexing/README.md. Try them yourself, " +
      "with the same values:\ndeno task grade 3 --seed 7",
    output_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    extra_data: { schema: "connfd/grade/v1", seed: 7, max_score: 8 },
  });
  assertEquals(
    tests.map(({ number, score, max_score, status, visibility }) =>
      [number, score, max_score, status, visibility].join(" ")
    ),
    [
      "3.P1 3 3 passed visible",
      "3.C1 0 2 failed visible",
      "3.C2 0 2 failed visible",
      "3.H1 0 1 failed after_due_date",
    ],
  );
  assertEquals(sum(tests.map(({ score }) => score)), report.score);
  assertEquals(sum(tests.map((test) => test.max_score)), report.extra_data.max_score);
  assertEquals(tests[1].output.split("\n").slice(1), [
    "the server wrote:",
    "  \ufffd[2Jcleared\ufffd31m \ufffd]]> <b>\ufffd / second",
    "  1.     0 ms  server listens",
    "  2.    13 ms  client 1 gets \ufffd[2Jcleared\ufffd31m \ufffd]]> <b>\ufffd / second",
    "hint: Wait for all <sockets>.",
    "see lessons/3-io-multiplexing/README.md#pros-and-cons",
  ]);
  assertMatch(tests[2].output, /^inconclusive: neither \(tried 3 times\)\nhint: Grade again/);
});

Deno.test("Gradescope: a submission that does not start has 0 points and the reason", () => {
  const { score, output, tests } = gradescopeReport(unstartedResult());
  assertEquals({ score, output }, { score: 0, output: "Not graded: ann.ts: does not parse" });
  assertEquals(tests.map((test) => test.score), [0, 0, 0, 0]);
});

Deno.test("JUnit: the counts are those of the cases, and the text is XML", () => {
  const text = junitReport(someResult());
  assertEquals(text.match(/<testcase /g)?.length, 4);
  assertEquals(text.match(/<failure /g)?.length, 2);
  assertEquals(text.match(/<error /g)?.length, 1);
  const counts = ' tests="4" failures="2" errors="1"';
  assertStringIncludes(text, `<testsuites name="connfd"${counts} time="2.345"`);
  assertStringIncludes(
    text,
    `<testsuite name="3-io-multiplexing"${counts} time="4.940" timestamp="`,
  );
  assertStringIncludes(text, '<property name="score" value="3"/>');
  assertStringIncludes(text, 'name="3.P1 Idle &amp; slow clients hold up nobody (3/3)"');
  assertEquals(text.match(/<testcase [^>]+ time="1\.23[45]">/g)?.length, 4);
  assertEquals(XML_ENTITY.exec(text), null);
  assertEquals(text.includes("<b>"), false);
});
