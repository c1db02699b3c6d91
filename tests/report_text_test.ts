/** The report for a person: short, and no wider than a terminal. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { setColorEnabled } from "@std/fmt/colors";
import type { Step } from "./grader/experiment.ts";
import { type FoldedStep, foldSteps } from "./grader/fold_steps.ts";
import { plainText } from "./grader/plain_text.ts";
import { wrap } from "./grader/report_lines.ts";
import { listText, reportText } from "./grader/report_text.ts";
import { claimResult } from "./grader/result.ts";
import { LESSON, someResult, unstartedResult } from "./grade_results.ts";

setColorEnabled(false);

function steps(...texts: string[]): Step[] {
  return texts.map((text, i) => ({ atMs: i, who: text, what: "does" }));
}

function outline(lines: readonly FoldedStep[]): (number | string)[] {
  return lines.map((line) => "leftOut" in line ? `…${line.leftOut}` : line.number);
}

Deno.test("foldSteps: a run of steps that differ in a number is one of them and a count", () => {
  const run = Array.from({ length: 20 }, (_, i) => `client ${i}`);
  assertEquals(outline(foldSteps(steps("server", ...run, "kernel"))), [1, 2, "…19", 22]);
});

Deno.test("foldSteps: a pattern of several steps folds too", () => {
  const round = (i: number) => [`client ${i}`, `server ${i}`, "kernel"];
  const rounds = Array.from({ length: 5 }, (_, i) => round(i)).flat();
  assertEquals(outline(foldSteps(steps(...rounds, "end"))), [1, 2, 3, "…12", 16]);
});

Deno.test("foldSteps: two alike stay, and a list of different steps loses its middle", () => {
  assertEquals(outline(foldSteps(steps("a 1", "a 2", "b"))), [1, 2, 3]);
  const many = Array.from({ length: 50 }, (_, i) => "x".repeat(i + 1));
  const lines = foldSteps(steps(...many));
  assertEquals(lines.length, 20);
  assertEquals(outline(lines).slice(0, 7), [1, 2, 3, 4, 5, "…31", 37]);
  assertEquals(outline(lines).at(-1), 50);
});

Deno.test("a server that floods its clients does not flood the result", () => {
  const flood = Array.from(
    { length: 10_000 },
    () => ({ atMs: 1, who: "c", what: "x".repeat(900) }),
  );
  const verdict = { status: "fail", measured: "x".repeat(9000), steps: flood } as const;
  const row = claimResult(LESSON, LESSON.claims[0], verdict, 1);
  assertEquals(row.steps.length, 201);
  assertEquals(row.steps[100].what, "leaves out 9800 steps");
  assert(JSON.stringify(row).length < 60_000);
});

Deno.test("plainText: one line, and nothing that steers a terminal", () => {
  assertEquals(plainText("a\x1b[31mb\x07\x9bc\r\n\n d\te\u202ef", 99), "a�[31mb��c / d e�f");
  assertEquals(plainText("\ud800 \ufffe", 99), "� �");
  assertEquals(plainText("äöü😀!", 4), "äöü😀… (1 characters more)");
});

Deno.test("wrap: no line is too wide, and no word is lost", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("a abcdefghij b", 4), ["a", "abcd", "efgh", "ij b"]);
});

Deno.test("the report has the verdicts in words, the steps, the advice and the totals", () => {
  const text = reportText(someResult());
  assertMatch(text, /^pass {2}3\.P1 {3}3\/3 {2}Idle & slow clients hold up nobody$/m);
  assertMatch(text, /^FAIL {2}3\.C1 {3}0\/2 {2}One request at a time$/m);
  assertMatch(text, /^ {2}\? {3}3\.C2 {3}0\/2 {2}Waiting "adds up"$/m);
  assertMatch(text, /^ {18}inconclusive: neither \(tried 3 times\)$/m);
  assertMatch(text, /^ {2}2\. {4}13 ms {2}client 1 gets /m);
  assertMatch(text, /^ {18}hint: Wait for all <sockets>\.$/m);
  assertMatch(text, /^ {18}see lessons\/3-io-multiplexing\/README\.md$/m);
  assertMatch(text, /^lesson 3: 3 of 8 points, 1 of 4 claims, 1 inconclusive$/m);
  assertMatch(text, /^2\.3 s; seed 7 \(again with --seed 7\)$/m);
  assertEquals(text.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("the report tells a failure that is the same once", () => {
  const result = someResult();
  const [lesson] = result.lessons;
  const [pass, failed] = lesson.claims;
  const twice = { ...lesson, claims: [pass, failed, { ...failed, id: "3.C9" }] };
  const text = reportText({ ...result, lessons: [twice] });
  assertEquals(text.match(/client 1 gets/g)?.length, 1);
  assertStringIncludes(text, `${" ".repeat(18)}as in 3.C1\n`);
});

Deno.test("the report of two lessons has a total; of one that did not start, the reason", () => {
  const first = someResult(), second = unstartedResult();
  const lessons = [...first.lessons, ...second.lessons];
  const text = reportText({ ...first, score: 3, max_score: 16, lessons });
  assertMatch(text, /^not graded: ann\.ts: does not parse$/m);
  assertMatch(text, /^total: 3 of 16 points, 1 of 8 claims$/m);
});

Deno.test("the list has every claim with its points, and their sum", () => {
  const text = listText([LESSON]);
  assertMatch(text, /^3\.P1 {3}3 {2}Idle & slow clients hold up nobody$/m);
  assertMatch(text, /^8 points$/m);
});
