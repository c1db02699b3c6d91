/** Files that are replaced whole, also when several programs change them at the same time. */
import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { changeFile, readOrEmpty, replaceFile } from "../../lessons/play/replace_file.ts";

/** Gives a file in a folder of its own; in the end nothing else may be in that folder. */
async function inFolder(work: (file: URL) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await work(new URL(`file://${folder}/file`));
  assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["file"]);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("changes at the same time are all made, one after the other", async () => {
  await inFolder(async (file) => {
    const numbers = Array.from({ length: 12 }, (_, i) => String(i));
    await Promise.all(numbers.map((n) => changeFile(file, (text) => `${text}${n}\n`)));
    const lines = (await readOrEmpty(file)).trim().split("\n");
    assertEquals(lines.sort((a, b) => Number(a) - Number(b)), numbers);
  });
});

Deno.test("a change that throws leaves the file as it was, and no lock", async () => {
  await inFolder(async (file) => {
    await Deno.writeTextFile(file, "as it was");
    const fail = () => {
      throw new Error("no");
    };
    await assertRejects(() => changeFile(file, fail), Error, "no");
    assertEquals(await readOrEmpty(file), "as it was");
  });
});

Deno.test("a lock that a dead program left is removed", async () => {
  await inFolder(async (file) => {
    const lock = new URL(`${file.href}.new`);
    await Deno.writeTextFile(lock, "half a li");
    await Deno.utime(lock, new Date(), new Date(Date.now() - 60_000));
    await changeFile(file, (text) => `${text}whole`);
    assertEquals(await readOrEmpty(file), "whole");
  });
});

Deno.test("a file that cannot be written to its end stays as it was, and nothing lies beside it", async () => {
  await inFolder(async (file) => {
    await Deno.writeTextFile(file, "as it was");
    const path = fileURLToPath(file);
    await assertRejects(
      () =>
        replaceFile(path, async (beside) => {
          await Deno.writeTextFile(beside, "half a fi");
          throw new Error("no space");
        }),
      Error,
      "no space",
    );
    assertEquals(await readOrEmpty(file), "as it was");
    await replaceFile(path, (beside) => Deno.writeTextFile(beside, "whole"));
    assertEquals(await readOrEmpty(file), "whole");
  });
});
