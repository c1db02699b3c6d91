/**
 * A clock that is set while a server runs moves nothing: no model asks what time it is. Timers and
 * `performance.now()` go by a clock that only goes on; the trace has its own beginning by
 * `timeOrigin`, once in each thread.
 */
import { assertEquals } from "@std/assert";

const MODELS = new URL("../../models/", import.meta.url);

/** The files of a folder, and of those in it. */
async function filesOf(folder: URL): Promise<URL[]> {
  const files: URL[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) files.push(...await filesOf(new URL(`${name}/`, folder)));
    else files.push(new URL(name, folder));
  }
  return files;
}

/** Those in which it stands, without the folder. */
async function filesWith(word: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesOf(MODELS)) {
    if (word.test(await Deno.readTextFile(file))) found.push(file.href.slice(MODELS.href.length));
  }
  return found.sort();
}

Deno.test("no model asks for the time of day", async () => {
  assertEquals(await filesWith(/\bDate\b|\bTemporal\b|hrtime/), []);
  assertEquals(await filesWith(/timeOrigin/), ["parts/server/trace.ts"]);
});
