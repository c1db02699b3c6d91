/** What a comparison's figures look like, in a terminal and on the page. Nothing is measured here. */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { tablesOf } from "../compare/columns.ts";
import { missingText } from "../compare/missing.ts";
import { factsOf, MODELS } from "../compare/models.ts";
import { PAGE, reportText, withFigures } from "../compare/page.ts";
import { median, quantile } from "../../lessons/lab/race/statistics.ts";
import { procExists } from "../grader/server/proc.ts";
import { withFiles } from "../of_grader/grader_program.ts";
import { FURTHER, MADE_UP } from "./made_up_comparison.ts";
import { ROOT } from "../of_lessons/program.ts";

Deno.test("the page has other servers below the models, a dash for what is missing, and plots", () => {
  assertMatch(FURTHER, /^\| redis-server +\|( 1\.23 \(0\.50\.\.123456\) \|){3}$/m);
  assertMatch(FURTHER, /^\| model 3, --io kernel \|( +– \|){3}$/m);
  assertMatch(FURTHER, /^Go, epoll: there is no go here\.$/m);
  assertMatch(FURTHER, /^!\[.+\]\(percentiles\.svg\)$/m);
});

Deno.test("a model on the kernel floor has a row of its own", () => {
  const [two] = MADE_UP.models;
  const report = reportText({ ...MADE_UP, models: [two, { ...two, io: "kernel" }] });
  assertMatch(report, /^2 thread per connection +1 .+\n2 with --io kernel +1 /m);
});

Deno.test("the report has room for wide figures, a dash for none, and says what is missing", () => {
  const report = reportText(MADE_UP);
  assertEquals(report.split("\n").filter((line) => line.length > 80), []);
  assertMatch(report, /^2 thread per connection +1 +– +1000 +– +10000 +– +–$/m);
  assertMatch(report, /^2 thread per connection +– +– +0\.50 +–$/m);
  assertMatch(report, /^5 I\/O thread pool( +–)+$/m);
  assertMatch(report, /^redis-server +– +– +25\.0 +– +50 +– +–$/m);
  assertMatch(report, /\nA long sentence [^]+ about\s+it\.\n$/);
});

Deno.test("what was not measured is said, and why", () => {
  const io = "deno" as const;
  const figures = { memory_bytes: 1, memory_clients: 500, ping_median_us: 30, ping_p99_us: 90 };
  const all = [
    { model: 1, name: "a", io, ...figures, memory_clients: 0 },
    { model: 3, name: "b", io, ...figures },
    { model: 4, name: "c", io, ...figures, ping_p99_us: undefined },
    { model: 5, name: "d", io: "kernel" as const, memory_clients: 500, error: "it left" },
    { model: 6, name: "e", io, ...figures, memory_bytes: undefined },
  ];
  const [first, ...others] = missingText({ ...MADE_UP, redis: undefined, models: all });
  assertMatch(first, procExists ? /^No redis-server here: / : /^Only Linux's \/proc shows: /);
  const expected = [
    ...procExists ? ["No memory for a client of model 1, a: it serves only one."] : [],
    "No p99 of model 4, c: fewer than 100 replies in the time.",
    "Not measured: model 5, d, --io kernel: it left.",
    ...procExists ? ["No memory of model 6, e: the kernel does not tell it (smaps_rollup)."] : [],
  ];
  assertEquals(others, expected);
});

Deno.test("every model has what a comparison has to know of it, and a name that fits", () => {
  for (const model of MODELS) assert(factsOf(model).name.length <= 22);
});

Deno.test("the page shows all models, in the columns of today, as the command writes them", async () => {
  const page = await Deno.readTextFile(PAGE);
  const shown = Array.from(page.matchAll(/^\|.+\|$/gm), ([row]) => {
    return row.slice(1, -1).split("|").map((cell) => cell.trim());
  });
  const names = MODELS.map((model) => `${model} ${factsOf(model).name}`);
  const linked = shown.filter(([name]) => name.startsWith("[")).map(([name]) => name);
  assertEquals(linked.map((link) => /^\[(.+)\]\(\.\.\/\d-.+\/\)$/.exec(link)?.[1]), names);
  for (const { title, columns } of tablesOf("redis-server")) {
    const at = shown.findIndex(([name]) => name === title);
    assertEquals(shown[at]?.slice(1), columns.map(({ title }) => title), title);
    const rows: string[] = [];
    for (const [name] of shown.slice(at + 2)) {
      if (!/^\d /.test(name)) break;
      rows.push(name);
    }
    const onKernel = (name: string) => name.endsWith(" with --io kernel");
    assertEquals(rows.filter((name) => !onKernel(name)), names, title);
    // A page that was measured on both floors has both of each model.
    const kernel = rows.filter(onKernel).map((name) => name[0]);
    if (kernel.length > 0) assertEquals(kernel, names.map((name) => name[0]), title);
  }
});

Deno.test("new figures replace those of the page, and nothing else", async () => {
  const page = await Deno.readTextFile(PAGE);
  const once = withFigures(page, MADE_UP, FURTHER);
  assertMatch(once, /^2026-01-31\n128 cores, A CPU .+\n.*\bpools of 4; FIB 36\n/ms);
  assertEquals(withFigures(once, MADE_UP, FURTHER), once);
  const [before, after] = [/^[^]+?<!--.+-->\n/, /<!-- As .+-->\n[^]+$/];
  for (const part of [before, after]) assertEquals(part.exec(once)?.[0], part.exec(page)?.[0]);
  await withFiles({ "page.md": once }, async (folder) => {
    const args = ["fmt", "--check", "--config=deno.json", `${folder}/page.md`];
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT })
      .output();
    assert(success, new TextDecoder().decode(stderr));
  });
  assertThrows(() => withFigures("no marks", MADE_UP, FURTHER), Error, "lacks the marks");
});

Deno.test("the median is the value in the middle, a quantile lies between its neighbours", () => {
  assertEquals(median([9, 1, 5]), 5);
  assertEquals(median([1, 2, 4, 100]), 3);
  assertEquals(quantile([0, 10], 0.99), 9.9);
  assertThrows(() => median([]), RangeError);
});
