/** The structure pictures: well-formed, complete, accessible, and without anything from outside. */
import { assert, assertEquals, assertMatch } from "@std/assert";

const LESSONS = [
  "1-single-thread-accept",
  "2-thread-per-connection",
  "3-io-multiplexing",
  "4-worker-pool",
  "5-io-thread-pool",
  "6-process-pool",
  "7-thread-per-event",
];

/** Parts that every picture has, so that one animation can drive them all. */
const COMMON_PARTS = [
  ...["client-1", "client-2", "client-3", "connect-1", "connect-2", "connect-3"],
  ...["kernel", "listening-socket", "accept-queue", "process", "main-thread", "accept"],
  ...["connection-1", "connfd-1", "mark-1", "mark-2", "mark-3", "mark-4", "mark-5"],
];

/** What a picture has besides, by lesson. */
const OWN_PARTS: Record<string, string[]> = {
  "1-single-thread-accept": ["queued-client-2", "queued-client-3", "read", "business", "write"],
  "2-thread-per-connection": ["thread-1", "thread-2", "thread-3", "handover-3", "connfd-3"],
  "3-io-multiplexing": ["selector", "event-loop", "connfd-3", "read", "business", "write"],
  "4-worker-pool": ["selector", "event-loop", "job-queue", "worker-1", "worker-4", "reply-4"],
  "5-io-thread-pool": ["io-1", "io-2", "selector-1", "event-loop-2", "handover-3", "business-2"],
  "6-process-pool": [
    "process-1",
    "process-2",
    "selector-2",
    "event-loop-1",
    "take-2",
    "business-2",
  ],
  "7-thread-per-event": ["watch-1", "selector-2", "lend-1", "back-2", "event-1", "business-2"],
};

/** The content that may not be scanned as markup: style sheets have their own syntax. */
function withoutStyle(svg: string): string {
  return svg.replace(/<style>[^<]*<\/style>/g, "<style></style>");
}

/** Why the text is not well-formed XML of the plain kind that we write; undefined when it is. */
function xmlFault(svg: string): string | undefined {
  const tag = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>/y;
  const text = /(?:[^<&]|&(?:amp|lt|gt|quot|#\d+);)+/y;
  const open: string[] = [];
  for (let at = 0; at < svg.length;) {
    text.lastIndex = tag.lastIndex = at;
    const skipped = text.exec(svg);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const found = tag.exec(svg);
    if (!found) return `no tag and no text: ${JSON.stringify(svg.slice(at, at + 60))}`;
    const [whole, closing, name, , empty] = found;
    if (closing && open.pop() !== name) return `</${name}> closes nothing`;
    if (!closing && !empty) open.push(name);
    at += whole.length;
  }
  return open.length > 0 ? `<${open.at(-1)}> is not closed` : undefined;
}

function ids(svg: string): string[] {
  return Array.from(svg.matchAll(/\sid="([^"]*)"/g), (match) => match[1]);
}

for (const lesson of LESSONS) {
  const url = new URL(`../lessons/${lesson}/diagram.svg`, import.meta.url);
  const read = () => Deno.readTextFile(url);

  Deno.test(`the picture of ${lesson} is well-formed`, async () => {
    assertEquals(xmlFault(withoutStyle(await read())), undefined);
  });

  Deno.test(`the picture of ${lesson} has each part once, under its own id`, async () => {
    const found = ids(await read());
    assertEquals(found.filter((id, at) => found.indexOf(id) !== at), [], "ids used twice");
    assertEquals(found.filter((id) => !/^[a-z]+(-[a-z0-9]+)*$/.test(id)), [], "ids not kebab-case");
    const missing = [...COMMON_PARTS, ...OWN_PARTS[lesson]].filter((id) => !found.includes(id));
    assertEquals(missing, [], "ids missing");
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
