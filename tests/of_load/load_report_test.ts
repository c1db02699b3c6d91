/** What a load's figures look like, in a terminal and as plots. Nothing is measured here. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { barText } from "../load/bar.ts";
import { chart } from "../charts/chart.ts";
import { type LoadFigures, type Point, SCHEMA } from "../load/figures.ts";
import { record, Tally } from "../load/generator/tally.ts";
import { plotsOf } from "../load/plots.ts";
import { spreadOf } from "../load/points.ts";
import { loadReport } from "../load/table.ts";
import { assertNarrow } from "../of_lessons/lesson_process.ts";
import { xmlFault } from "../of_lessons/xml_fault.ts";

function point(target: string, clients: number, more: Partial<Point> = {}): Point {
  return {
    ...{ target, clients, rounds: 3, requests: 1000, unanswered: 0, generator_busy: 0.4 },
    per_second: spreadOf([123_456, 98_765, 111_111]),
    latency_us: { p50: 87, p90: 500, p99: 12_345, "p99.9": 2_000_000, "p99.99": 3e6, most: 4e6 },
    histogram: "",
    cpu_us: spreadOf([8, 9, 123.4]),
    memory_bytes: spreadOf([2 ** 24]),
    threads: spreadOf([6]),
    ...more,
  };
}

const MADE_UP: LoadFigures = {
  schema: SCHEMA,
  ...{ date: "2026-01-31T12:00:00.000Z", command: "deno task load 3" },
  machine: {
    cores: 128,
    cpu: "A CPU with a long name, as they have it, and its clock rate @ 2.80 GHz",
    ...{ memory_bytes: 2 ** 36, os: "linux 6.1", deno: "2.9.6", load_average: 0.04 },
  },
  work: { name: "echo", size: 65_536 },
  ...{ pipeline: 16, churn: true, idle: 20_000, rate: 1_000_000, seconds: 600 },
  ...{ warm_up_seconds: 0.5, generator_threads: 1, cut_short: true },
  points: [
    point("lesson 3 kernel", 1),
    point("[::1]:65535 <&>", 10_000, { unanswered: 7, late_us: { p50: 3, p99: 1234 } }),
    point("127.0.0.1:6379", 10, { generator_busy: 0.97, cpu_us: undefined, threads: undefined }),
  ],
  missing: ["lesson 4 deno, 1 client: does not listen."],
};

Deno.test("a load's report fits into 80 columns, has a dash for what was not seen, and says what is odd", () => {
  const report = loadReport(MADE_UP);
  assertNarrow(report);
  assertMatch(report, /^ECHO 65536, 16 in one piece, a connection for each, 20000 idle clients/m);
  assertMatch(report, /\bopen loop, 1000000 a second\b[^]+\bcut short$/m);
  assertMatch(report, /^lesson 3 kernel +1 +111111 +98765..123456 +87 µs 12.3 ms +2.00 s$/m);
  assertMatch(report, /^lesson 3 kernel +1 +9.00 +8.00..123 +16.0 +6$/m);
  assertMatch(report, /^127.0.0.1:6379 +10 +– +– +16.0 +–$/m);
  const notes = report.replaceAll("\n", " ");
  assertMatch(notes, /lesson 4 deno, 1 client: does not listen\. /);
  assertMatch(notes, /10000 clients: 7 requests had no reply in time; /);
  assertMatch(
    notes,
    /10000 clients: the generator itself was late by 3 µs \(p50\), 1\.23 ms \(p99\); /,
  );
  assertMatch(notes, /127\.0\.0\.1:6379, 10 clients: the generator was busy 97 % of the time; /);
  assertEquals(loadReport({ ...MADE_UP, points: [], missing: [] }).match(/What/), null);
});

Deno.test("a histogram gives back what was put in, with three digits, and several add up", () => {
  const tallies = [1, 2].map((times) => {
    const tally = new Tally();
    for (let ms = 1; ms <= 1000; ms++) record(tally.latency, ms * times);
    return Object.assign(tally, { replies: 1000, seconds: times });
  });
  const [one, two] = tallies.map((tally) => Tally.from(tally.toData()));
  const near = (tally: Tally, percentile: number, us: number) => {
    const value = tally.latency.getValueAtPercentile(percentile);
    assert(Math.abs(value - us) <= us / 1000, `p${percentile}: ${value}, and not ${us}`);
  };
  near(one, 50, 500_000);
  near(one, 99, 990_000);
  near(two, 50, 1_000_000);
  const sideBySide = Tally.merged([one, two]), inTurn = Tally.merged([one, two], true);
  assertEquals([sideBySide.replies, sideBySide.seconds, inTurn.seconds], [2000, 2, 3]);
  near(inTurn, 100, 2_000_000);
});

Deno.test("the plots are well-formed, have a line for each server, and tell what they show", () => {
  const plots = plotsOf(MADE_UP);
  assertEquals(Object.keys(plots), ["percentiles.svg", "throughput.svg", "memory.svg"]);
  for (const [name, svg] of Object.entries(plots)) {
    assertEquals(xmlFault(svg), undefined, name);
    assertMatch(svg, /^<svg [^>]*role="img" aria-label="[^"]+" /);
    assertMatch(svg, />lesson 3 kernel\b/, name);
    assertMatch(svg, />\[::1\]:65535 &lt;&amp;&gt;/, name);
  }
  assertMatch(plots["percentiles.svg"], />1 in 100</);
  // A panel for each number of clients.
  const counts = [...new Set(MADE_UP.points.map(({ clients }) => clients))];
  const titles = [...plots["percentiles.svg"].matchAll(/µs; (\d+) clients?</g)];
  assertEquals(titles.map(([, count]) => Number(count)), counts);
  // What was seen of nobody is an empty panel, and no fault.
  const unseen = MADE_UP.points.map((one) => ({
    ...one,
    memory_bytes: undefined,
    threads: undefined,
  }));
  const empty = plotsOf({ ...MADE_UP, points: unseen })["memory.svg"];
  assertEquals(xmlFault(empty), undefined);
});

Deno.test("a chart has a place for every figure, and leaves out what an axis does not have", () => {
  const points = [{ x: 0, y: 1 }, { x: 1, y: 0 }, { x: 10, y: NaN }, {
    x: 5,
    y: 7,
    least: 0,
    most: 9,
  }];
  for (const xLinear of [true, false]) {
    for (const yLog of [true, false]) {
      for (const some of [points, points.slice(0, 1), []]) {
        const lines = [{ name: "one", points: some }];
        const svg = chart([{ title: "t", xName: "x", xLinear, yLog, lines }], "about");
        assertEquals(svg.match(/NaN|Infinity|undefined/), null, svg);
      }
    }
  }
});

Deno.test("a million beside the y axis is short enough for the room that it has", () => {
  const labels = (most: number) => {
    const lines = [{ name: "one", points: [{ x: 1, y: most }] }];
    return chart([{ title: "t", xName: "x", lines }], "about");
  };
  assertMatch(labels(1_000_000), />1M</);
  assertMatch(labels(400_000), />400,000</);
});

Deno.test("the bar fits into a line", () => {
  assertEquals(barText(0.5, "lesson 3"), `${"█".repeat(12)}${"░".repeat(12)}  50 %  lesson 3`);
  assertEquals(barText(1, "x".repeat(100)).length, 79);
});
