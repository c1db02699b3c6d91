/** The recording in the README: what the demo prints today, and a picture that needs nothing. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { folderOf, lessonOf } from "../../lessons/catalogue.ts";
import { claimsIn } from "../../lessons/lab/scenes/claims.ts";
import { range } from "../../lessons/lab/scenes/scene.ts";
import { SCENES } from "../../lessons/lab/scenes/scenes.ts";
import { legend } from "../../lessons/lab/screen/draw.ts";
import { recordingSvg } from "../../lessons/tools/recording_svg.ts";
import { rowsOf, TerminalText } from "../../lessons/tools/terminal_text.ts";
import { ROOT } from "./program.ts";

const RECORDING = Deno.readTextFileSync(new URL("lessons/recording.svg", ROOT));

/** The lines of an SVG's terminals, as plain text. */
function linesOf(svg: string): string[] {
  return Array.from(svg.matchAll(/<text class="l".*?>(.*)<\/text>/g), ([, line]) => {
    const text = line.replace(/<[^>]*>/g, "");
    return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  });
}

Deno.test("TerminalText: a line is whole when its end came, and keeps its look", () => {
  const text = new TerminalText();
  assertEquals(text.add("a\x1b[", 1), []);
  assertEquals(text.add("1mb\x1b[22m\x1b[Kc\r\nd", 2), [{
    atMs: 2,
    spans: [
      { text: "a", bold: false, dim: false },
      { text: "b", bold: true, dim: false },
      { text: "c", bold: false, dim: false },
    ],
  }]);
  assertEquals(text.add("\x1b[2m\n\x1b[36me\n", 3), [
    { atMs: 3, spans: [{ text: "d", bold: false, dim: false }] },
    { atMs: 3, spans: [{ text: "e", bold: false, dim: true, colour: "cyan" }] },
  ]);
});

Deno.test("rowsOf: what is wider than the terminal goes on in the next row, with its look", () => {
  const spans = [{ text: "abc" }, { text: "defgh", bold: true }, { text: "" }];
  assertEquals(rowsOf({ atMs: 7, spans }, 4), [
    { atMs: 7, spans: [{ text: "abc" }, { text: "d", bold: true }] },
    { atMs: 7, spans: [{ text: "efgh", bold: true }] },
  ]);
  assertEquals(rowsOf({ atMs: 7, spans: [] }, 4), [{ atMs: 7, spans: [] }]);
});

Deno.test("recordingSvg: each line appears at its time, and what has no room scrolls away", () => {
  const lines = [0, 40, 80].map((atMs) => ({ atMs, spans: [{ text: `<${atMs}>` }] }));
  const svg = recordingSvg([{ title: "t", lines, rows: 2 }], "a & b");
  assertEquals(linesOf(svg), ["<0>", "<40>", "<80>"]);
  assertStringIncludes(svg, '<desc id="desc">a &amp; b</desc>');
  assertStringIncludes(svg, "animation-delay:40ms");
  assertMatch(svg, /@keyframes scroll0\{0%\{[^}]*\(0px\)\}100\.000%\{[^}]*\(-20px\)\}\}/);
  assertStringIncludes(svg, '<g class="s0" transform="translate(0 -20)">');
});

Deno.test("the recording needs nothing from outside, and stands still for those who want that", () => {
  const outside = RECORDING.replace('xmlns="http://www.w3.org/2000/svg"', "");
  assert(
    !/https?:|\bhref=|@import|@font-face|<script|<image|<foreignObject|\son\w+=/.test(outside),
  );
  assertStringIncludes(RECORDING, "@media(prefers-reduced-motion:reduce)");
  assertStringIncludes(RECORDING, "@media(prefers-color-scheme:dark)");
  assertEquals(linesOf(RECORDING).filter((line) => line.length > 80), []);
});

Deno.test("TerminalText: a colour is kept, and a bar of one is bold", () => {
  const [{ spans }] = new TerminalText().add(
    "\x1b[7m\x1b[32m#\x1b[39m\x1b[27m-\x1b[35ma\x1b[0mb\n",
    1,
  );
  const plain = { bold: false, dim: false };
  assertEquals(spans, [
    { text: "#", bold: true, dim: false, colour: "green" },
    { text: "-", ...plain },
    { text: "a", ...plain, colour: "magenta" },
    { text: "b", ...plain },
  ]);
  const svg = recordingSvg([{ title: "t", lines: [{ atMs: 0, spans }], rows: 1 }], "");
  assertStringIncludes(svg, '<tspan class="b green">#</tspan>-<tspan class="magenta">a</tspan>b');
});

Deno.test("the recording shows what a demo says today; if not: deno task record", () => {
  const lesson = lessonOf(4);
  const [scene] = SCENES.get(4) ?? [];
  const text = Deno.readTextFileSync(new URL(`${folderOf(lesson)}/README.md`, ROOT));
  const task = `Task lesson4 ${config.tasks.lesson4.command} '--demo'`;
  const heading = `${scene.claim} ${claimsIn(text).get(scene.claim)}`;
  const lines = linesOf(RECORDING);
  const first = [
    "$ deno task lesson4 --demo",
    ...Array.from(task.matchAll(/.{1,80}/g), ([row]) => row),
    `Lesson 4: ${lesson.title}`,
    ...["", "", heading, ""],
  ];
  assertEquals(lines.slice(0, first.length), first);
  const signs = legend(80);
  assertEquals(lines.slice(-signs.length), signs);
  const names = lines.slice(first.length + 1, -signs.length - 3).map((line) => line.slice(0, 12));
  assertEquals(names.map((name) => name.trim()), [
    ...["main", "worker-1", "worker-2", "worker-3"],
    ...range(1, 6).map((client) => `client ${client}`),
    "accept queue",
  ]);
  assertMatch(lines.at(-signs.length - 2) ?? "", /^3 workers, 6 requests: 3 in business at once/);
});
