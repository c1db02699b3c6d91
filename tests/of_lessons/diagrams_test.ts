/** The structure pictures: well-formed, complete, accessible, and without anything from outside. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { folderOf, type Lesson, LESSONS } from "../../lessons/catalogue.ts";
import { xmlFault } from "./xml_fault.ts";

/** Parts that every picture has, so that one animation can drive them all. */
const COMMON_PARTS = [
  ...["client-1", "client-2", "client-3", "connect-1", "connect-2", "connect-3"],
  ...["kernel", "listening-socket", "accept-queue", "process", "main-thread", "accept"],
  ...["connection-1", "connfd-1", "mark-1", "mark-2", "mark-3", "mark-4", "mark-5"],
];

/** The threads that a picture shows: two of each kind, or the one that is there for an event. */
function threadParts({ accepts, watches, serves, works }: Lesson): string[] {
  const kinds = new Set([accepts, watches, serves, works]);
  kinds.delete("main");
  return [...kinds].flatMap((kind) => kind === "event" ? ["event-1"] : [`${kind}-1`, `${kind}-2`]);
}

/** What some pictures have besides. */
const OWN_PARTS: Readonly<Record<string, readonly string[]>> = {
  "single-thread-accept": ["queued-client-2", "queued-client-3", "read", "business", "write"],
  "thread-per-connection": ["thread-1", "thread-2", "thread-3", "handover-3", "connfd-3"],
  "io-multiplexing": ["selector", "event-loop", "connfd-3", "read", "business", "write"],
  "worker-pool": ["selector", "event-loop", "job-queue", "worker-1", "worker-4", "reply-4"],
  "io-thread-pool": ["selector-1", "event-loop-2", "handover-3", "business-2"],
  "process-pool": ["selector-2", "event-loop-1", "take-2", "business-2"],
  "thread-per-event": ["selector-2", "lend-1", "back-2", "business-2"],
};

/** The content that may not be scanned as markup: style sheets have their own syntax. */
function withoutStyle(svg: string): string {
  return svg.replace(/<style>[^<]*<\/style>/g, "<style></style>");
}

function ids(svg: string): string[] {
  return Array.from(svg.matchAll(/\sid="([^"]*)"/g), (match) => match[1]);
}

for (const row of LESSONS) {
  const lesson = row.slug;
  const url = new URL(`../../${folderOf(row)}/diagram.svg`, import.meta.url);
  const read = () => Deno.readTextFile(url);

  Deno.test(`the picture of ${lesson} is well-formed`, async () => {
    assertEquals(xmlFault(withoutStyle(await read())), undefined);
  });

  Deno.test(`the picture of ${lesson} has each part once, under its own id`, async () => {
    const found = ids(await read());
    assertEquals(found.filter((id, at) => found.indexOf(id) !== at), [], "ids used twice");
    assertEquals(found.filter((id) => !/^[a-z]+(-[a-z0-9]+)*$/.test(id)), [], "ids not kebab-case");
    const missing = [...COMMON_PARTS, ...threadParts(row), ...OWN_PARTS[lesson] ?? []]
      .filter((id) => !found.includes(id));
    assertEquals(missing, [], "ids missing");
  });

  Deno.test(`the picture of ${lesson}: dashes that share a way do not fill each other's gaps`, async () => {
    const connects = (await read()).matchAll(
      /class="connect" d="M44 (\d+)H24V88H180"(?: stroke-dashoffset="(\d)")?/g,
    );
    // Where the ways are one, so far into the pattern of 4 on, 4 off.
    const phases = Array.from(
      connects,
      ([, y, offset = "0"]) => (20 + Number(y) - 88 + Number(offset)) % 8,
    );
    assertEquals(phases, phases.map(() => phases[0]));
    assertEquals(phases.length, 3);
  });

  Deno.test(`the picture of ${lesson} says what it shows to those who do not see it`, async () => {
    const svg = await read();
    assertMatch(svg, /<svg [^>]*viewBox="0 0 \d+ \d+"[^>]*role="img"[^>]*>/);
    const labelledBy = /aria-labelledby="([^"]*)"/.exec(svg)?.[1].split(" ");
    assertEquals(labelledBy, ["title", "desc"]);
    assertMatch(svg, /<title\s+id="title">[^<]{20,}<\/title>/);
    assertMatch(svg, /<desc\s+id="desc">[^<]{100,}<\/desc>/);
  });

  Deno.test(`the picture of ${lesson} has colours for dark pages, all of them`, async () => {
    const style = /<style>([^<]*)<\/style>/.exec(await read())?.[1] ?? "";
    const [light, dark] = style.split("@media (prefers-color-scheme: dark)");
    assert(dark !== undefined, "no style for a dark page");
    const names = (css: string) => Array.from(css.matchAll(/(--[\w-]+):/g), (match) => match[1]);
    assertEquals(names(dark), names(light));
  });

  Deno.test(`the picture of ${lesson} has a plain colour for who knows no var()`, async () => {
    const [light] = (await read()).split("@media (prefers-color-scheme: dark)");
    const colours = new Map(
      light.matchAll(/--([\w-]+): (#\w+);/g).map(([, ...pair]) => pair as [string, string]),
    );
    const uses = (await read()).matchAll(/(?:([\w-]+): (#\w+);\s+)?([\w-]+): var\(--([\w-]+)\)/g);
    const wrong = Array.from(uses).filter(([, before, plain, property, name]) =>
      before !== property || plain !== colours.get(name)
    );
    assertEquals(wrong.map(([text]) => text), []);
  });

  Deno.test(`the picture of ${lesson} needs nothing from outside and runs nothing`, async () => {
    const svg = await read();
    const outside = svg.replace('xmlns="http://www.w3.org/2000/svg"', "");
    assert(
      !/https?:|\bhref=|@import|@font-face|<script|<image|<foreignObject|\son\w+=/.test(outside),
    );
    const targets = Array.from(svg.matchAll(/url\(([^)]*)\)/g), (match) => match[1]);
    const known = new Set(ids(svg).map((id) => `#${id}`));
    assertEquals(
      targets.filter((target) => !known.has(target)),
      [],
      "url() of nothing in the file",
    );
  });
}
