/** The page of faults: each row names a test that exists, and a promise that the page makes. */
import { assert, assertMatch } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);
const page = await Deno.readTextFile(new URL("lessons/faults.md", ROOT));
/** What a row names as its test: a file, and a part of a title in it. */
const NAMED = /^`(tests\/\S+_test\.ts)`: (.+)$/;

const promises = new Set(Array.from(page.matchAll(/^(\d)\. \*\*/gm), ([, number]) => number));
const rows = page.split("\n").filter((line) => /^\| (?!-|fault )/.test(line))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | +\|$/g, "").trim()));

Deno.test("the page of faults has rows", () => assert(rows.length > 15, `${rows.length} rows`));

for (const [fault, happens, promise, test] of rows) {
  Deno.test(`the page of faults: ${fault}: its test exists`, async () => {
    assertMatch(test ?? "", NAMED, "a row ends with a file and a title");
    const [, file, title] = NAMED.exec(test)!;
    const source = await Deno.readTextFile(new URL(file, ROOT));
    assert(source.includes(title), `${file} has no test '${title}'`);
    assert(happens.length > 0);
    for (const one of promise.split(", ")) assert(promises.has(one), `there is no promise ${one}`);
  });
}
