/** The recording in the README: what the lesson prints today, and a picture that needs nothing. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { recordingSvg } from "../lessons/tools/recording_svg.ts";
import { TerminalText } from "../lessons/tools/terminal_text.ts";
import { LessonServer, ROOT } from "./lesson_process.ts";

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
    { atMs: 3, spans: [{ text: "e", bold: false, dim: true }] },
  ]);
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

Deno.test("the recording begins as lesson 3 begins today; if not: deno task record", async () => {
  const server = await LessonServer.start(3);
  await server.program.stdout.until(/ listen /);
  const { stdout } = await server.stop();
  const greeting = stdout.slice(0, stdout.indexOf("\n\n ")).replaceAll(` --port ${server.port}`, "")
    .replaceAll(String(server.port), "8003").split("\n");
  assertEquals(linesOf(RECORDING).slice(0, greeting.length + 1), [
    "$ deno task lesson3",
    ...greeting,
  ]);
});
