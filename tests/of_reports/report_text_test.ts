/** The report for a person: short, and no wider than a terminal. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { setColorEnabled } from "@std/fmt/colors";
import type { Step } from "../grader/experiment/step.ts";
import { type FoldedStep, foldSteps } from "../grader/report/fold_steps.ts";
import { plainText } from "../grader/report/plain_text.ts";
import { wrap } from "../../lessons/tools/wrap.ts";
import { listText, reportText } from "../grader/report/text.ts";
import { claimResult, totals } from "../grader/report/result.ts";
import { fullMarksText } from "../grader/report/student.ts";
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
  const row = claimResult(LESSON, LESSON.claims[0], { verdict, tries: 1, durationMs: 1 });
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

Deno.test("the report shows the first failure in full, the others in a line, and then what to do", () => {
  const text = reportText(someResult());
  assertMatch(text, /^Lesson 3-io-multiplexing: 3 of 8 points; 3\.P1 holds$/m);
  assertMatch(text, /^FAIL {2}3\.C1 {2}One request at a time$/m);
  assertMatch(text, /^ {6}the server wrote:\n {8}\ufffd\[2Jcleared/m);
  assertMatch(text, /^ {6}hint: Wait for all <sockets>\.$/m);
  assertMatch(text, /^ {6}see lessons\/3-io-multiplexing\/README\.md#pros-and-cons$/m);
  assertMatch(text, /^ {2}2\. {4}13 ms {2}client 1 gets /m);
  assertMatch(text, /^FAIL {2}3\.H1 {2}left 3 open\n {2}\? {3}3\.C2 {2}neither$/m);
  assertMatch(text, /^2\.3 s \(3\.P1 1\.2 s\); seed 7 \(again with --seed 7\)$/m);
  const last = text.trimEnd().split("\n").slice(-3);
  assertEquals(last[0], "next: fix the first one, and try it alone:");
  assertMatch(last[1], /^ {2}deno task grade 3\.C1 --steps /);
  assert(text.split("\n").length <= 24 + 2);
  assertEquals(text.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("the report of a file says how to grade the claim again", () => {
  const text = reportText(someResult(), { again: "--file ann.ts" });
  assertMatch(text, /\nnext: deno task grade 3\.C1 --steps --file ann\.ts\n$/);
});

Deno.test("where everything holds, what was measured is on one screen, with what comes next", () => {
  const result = someResult();
  const [lesson] = result.lessons;
  const measured = "what was seen of it, in many words ".repeat(9).trim();
  const claims = Array.from({ length: 8 }, (_, i) => {
    const row = lesson.claims[i % 2];
    return { ...row, id: `3.P${i}`, status: "pass" as const, score: row.max_score, measured };
  });
  const whole = { ...result, lessons: [{ ...lesson, ...totals(claims), claims }] };
  const lines = (reportText(whole) + fullMarksText(whole)).trim().split("\n");
  assert(lines.length < 24, `${lines.length} lines`);
  assertEquals(lines.filter((line) => line.length > 80), []);
  assertMatch(lines[1], /^pass {2}3\.P0 {2}what was seen/);
  assertMatch(lines[2], /^ {11} .* …$/);
});

Deno.test("the report with --steps has every claim, its steps and its time", () => {
  const text = reportText(someResult(), { steps: true });
  assertMatch(text, /^pass {2}3\.P1 {3}3\/3 {2}Idle & slow clients hold up nobody$/m);
  assertMatch(text, /^ {18}16 clients; 1\.2 s\n {2}1\. {5}3 ms {2}server listens$/m);
  assertMatch(text, /^ {2}\? {3}3\.C2 {3}0\/2 {2}Waiting "adds up"$/m);
  assertMatch(text, /^ {18}inconclusive: neither \(tried 3 times\); 1\.2 s$/m);
  assertMatch(text, /^lesson 3: 3 of 8 points, 1 of 4 claims, 1 inconclusive$/m);
});

Deno.test("claims that were not tried because of the first stand in one line", () => {
  const result = someResult();
  const [lesson] = result.lessons;
  const claims = lesson.claims.slice(1).map((row, i) => ({
    ...row,
    status: "fail" as const,
    tries: i === 0 ? 1 : 0,
  }));
  const text = reportText({ ...result, lessons: [{ ...lesson, score: 0, claims }] });
  assertMatch(text, /^FAIL {2}One client, alone, asks for PING/m);
  assertMatch(text, /^not tried, because of this: 3\.C2, 3\.H1$/m);
  assertEquals(text.match(/^FAIL/gm)?.length, 1);
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
