/** The lesson 'Below the runtime': its programs, its links, its picture. */
import { assertEquals, assertMatch } from "@std/assert";
import { kernelFloorExists } from "../../models/parts/kernel/libc.ts";
import { ROOT } from "./program.ts";
import { testSmallPrograms } from "./small_programs.ts";

const FOLDER = "lessons/below-the-runtime/";

await testSmallPrograms(`${FOLDER}README.md`, FOLDER, ["sockets.ts"], !kernelFloorExists());

Deno.test("below the runtime: each link leads to something", async () => {
  const text = await Deno.readTextFile(new URL(`${FOLDER}README.md`, ROOT));
  const targets = Array.from(text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g), ([, target]) => target);
  const lost: string[] = [];
  for (const target of targets) {
    await Deno.stat(new URL(target, new URL(FOLDER, ROOT))).catch(() => lost.push(target));
  }
  assertEquals(lost, []);
});

Deno.test("below the runtime: the picture says what it shows, on dark pages too", async () => {
  const svg = await Deno.readTextFile(new URL(`${FOLDER}diagram.svg`, ROOT));
  assertMatch(svg, /aria-labelledby="title desc"/);
  assertMatch(svg, /<title\s+id="title">[^<]{20,}<\/title>/);
  assertMatch(svg, /<desc\s+id="desc">[^<]{100,}<\/desc>/);
  assertMatch(svg, /@media \(prefers-color-scheme: dark\)/);
});
