/** What students and the instructor get back: text of strangers stays text, hidden claims stay hidden. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { claimFigures, median, tenths } from "../grader/class/class_figures.ts";
import { classPage } from "../grader/class/class_page.ts";
import { feedbackPage, feedbackText } from "../grader/class/feedback.ts";
import type { ClassRow } from "../grader/report/summary.ts";
import { someResult, unstartedResult } from "./grade_results.ts";

const NAME = `<script>alert("1")</script>'&`;
const result = someResult();
const row: ClassRow = { student: NAME, result, max_score: 8, final: 2.7, lateDays: 1 };

/** The tags and attributes of a page; of text there is nothing in it. */
function tagsOf(html: string): string[] {
  return [...new Set(html.match(/<[^>]*>/g))];
}

Deno.test("feedback: the verdicts, the steps of what failed, and what to do next", () => {
  const text = feedbackText(row, result);
  assertMatch(text, /: 3 of 8 points, 2\.7 as it is late by 1 day$/m);
  assertMatch(text, /^3\.P1 {2}3\/3 {2}holds: Idle & slow clients hold up nobody$/m);
  assertMatch(text, /^3\.C1 {2}0\/2 {2}does not hold: One request at a time$/m);
  assertMatch(text, /12\.6|13 ms {2}client 1 gets/);
  assertMatch(text, /^deno task grade 3\.C1 --steps --seed 7$/m);
  const html = feedbackPage(row, result);
  assertStringIncludes(html, "Idle &amp; slow clients hold up nobody");
  assertStringIncludes(html, "deno task grade 3.C1 --steps --seed 7");
});

Deno.test("feedback: of what does not start the reason is said once", () => {
  const unstarted = unstartedResult();
  const text = feedbackText({ ...row, result: unstarted }, unstarted);
  assertEquals(text.split(unstarted.error).length, 2, text);
  assertMatch(text, /^Next: make it start, and see that it does\.\ndeno task watch 3$/m);
});

Deno.test("feedback: of a hidden claim the id and the points are told, and nothing else", () => {
  for (const text of [feedbackText(row, result), feedbackPage(row, result)]) {
    assert(text.includes("3.H1"));
    assert(!text.includes("secret") && !text.includes("left 3 open"), text);
  }
});

Deno.test("pages: what strangers have written is text, and no script could run", () => {
  const others = [{ ...row, like: NAME, likeness: 90, note: NAME }, {
    ...row,
    student: "../x?#%",
    result: { ...unstartedResult(), error: NAME },
  }];
  for (const html of [feedbackPage(row, result), classPage([3], [row, ...others])]) {
    assertEquals(tagsOf(html).filter((tag) => /^<.?(script|b)>/.test(tag)), []);
    assertEquals(html.replaceAll("\n", "").match(/[\p{Cc}\u202e]/gu), null);
    assertStringIncludes(html, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&apos;&amp;");
    assertStringIncludes(html, `content="default-src 'none'; style-src 'unsafe-inline'"`);
    assertEquals(html.match(/(src|href)="(?!feedback\/)[^"]*"/g), null);
  }
  const links = classPage([3], others).match(/href="[^"]*"/g);
  assertEquals(links?.at(-1), 'href="feedback/..%2Fx%3F%23%25.html"');
});

Deno.test("the class page: per claim how many failed, and with which failure", () => {
  const withMeasured = (measured: string) => {
    const [lesson] = result.lessons;
    const claims = lesson.claims.map((claim) =>
      claim.id === "3.C1" ? { ...claim, measured } : claim
    );
    return { ...row, result: { ...result, lessons: [{ ...lesson, claims }] } };
  };
  const rows = [
    ...["took 400 ms", "took 52 ms", "closed"].map(withMeasured),
    { ...row, result: unstartedResult() },
    { student: "absent", max_score: 8, final: 0 },
  ];
  const c1 = claimFigures(rows).find(({ id }) => id === "3.C1");
  assertEquals([c1?.passed, c1?.failed], [0, 3]);
  assertEquals(c1?.failures.map(({ count, measured }) => [count, measured]), [
    [2, "took 400 ms"],
    [1, "closed"],
  ]);
  const html = classPage([3], rows);
  assertStringIncludes(html, "5 students; 4 handed in, 3 of these have a server that starts.");
  assertStringIncludes(html, "3.C2 is inconclusive: neither");
  assertStringIncludes(html, "nothing handed in");
  assertEquals(tenths(rows), [1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
  assertEquals([median([]), median([3, 1, 2])], [0, 2]);
});
