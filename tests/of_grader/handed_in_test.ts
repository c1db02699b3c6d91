/** Which file of what was handed in is the exercise, in folders and archives of many kinds. */
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { zipSync } from "fflate";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { procExists } from "../grader/server/proc.ts";
import { handedIn } from "../grader/submission/handed_in.ts";
import { Refused } from "../grader/submission/refused.ts";
import { removeScratch } from "../grader/submission/scratch.ts";
import { bytes, tarred, zipped } from "./archives.ts";
import { withFiles } from "./grader_program.ts";

const ignore = !procExists;

/** Files of a folder, and which of them is the exercise of lesson 3. */
const FOLDERS: Readonly<Record<string, [files: string[], exercise: string]>> = {
  "by its name": [["exercise.ts", "helper.ts", "README.md"], "exercise.ts"],
  "by the lesson's name": [["lesson3.ts", "lesson4.ts"], "lesson3.ts"],
  "by its name before the lesson's": [["exercise.js", "lesson3.ts"], "exercise.js"],
  "in capitals": [["Exercise.TS", "a.ts"], "Exercise.TS"],
  "the only module": [["server.mts", "notes.md", "server_test.ts", "types.d.ts"], "server.mts"],
  "a copy of the course": [
    [
      "deno.json",
      "lessons/3-io-multiplexing/exercise.ts",
      "lessons/4-worker-pool/exercise.ts",
      "models/3_io_multiplexing.ts",
    ],
    "lessons/3-io-multiplexing/exercise.ts",
  ],
  "in the only folder": [["project/exercise.ts", "project/lib/a.ts"], "project/exercise.ts"],
  "two folders down, with what a Mac adds": [
    ["__MACOSX/._a", ".DS_Store", "a/b/server.ts"],
    "a/b/server.ts",
  ],
  "the only one of its name": [
    ["notes/a.ts", "src/exercise.ts", "x.ts", "y.ts"],
    "src/exercise.ts",
  ],
};

for (const [how, [names, exercise]] of Object.entries(FOLDERS)) {
  const files = Object.fromEntries(names.map((name) => [name, `// ${name}\n`]));

  Deno.test(`the exercise is found: ${how}`, async () => {
    await withFiles(files, async (folder) => {
      assertEquals((await handedIn(folder, 3)).file, join(folder, exercise));
    });
  });

  Deno.test({ name: `the exercise is found in a zip and a tar.gz: ${how}`, ignore }, async () => {
    for (const [name, archive] of [["a.zip", zipped(files)], ["a.tar.gz", await tarred(files)]]) {
      await withFiles({}, async (folder) => {
        const path = join(folder, name as string);
        await Deno.writeFile(path, archive as Uint8Array);
        const { file } = await handedIn(path, 3, path);
        assertEquals(await Deno.readTextFile(file), `// ${exercise}\n`);
        removeScratch();
      });
    }
  });
}

Deno.test("where there is no exercise, it is said what there is", async () => {
  const cases: [files: string[], says: RegExp][] = [
    [[".gitkeep"], /no single module; there is nothing$/],
    [
      ["a.ts", "b.ts", "lib/c.ts"],
      /there is no exercise\.ts, no lesson3\.ts, .+ a\.ts, b\.ts, lib\/$/,
    ],
    [["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt"], /5\.txt, and 1 more$/],
    [["x/exercise.ts", "y/exercise.ts"], /there is x\/, y\/$/],
  ];
  for (const [names, says] of cases) {
    await withFiles(Object.fromEntries(names.map((name) => [name, ""])), async (folder) => {
      const { message } = await assertRejects(() => handedIn(folder, 3), Refused);
      assertMatch(message, says);
    });
  }
});

/** And not where it would have been written: that is nobody's business. */
const NO_NAME = /^holds a name that no file can have$/;
/** Archives that are refused whole, or of which nothing but the ordinary files comes out. */
const HOSTILE: Readonly<Record<string, [name: string, () => Promise<Uint8Array>, says: RegExp]>> = {
  "a path with ..": ["a.zip", async () => await zipped({ "../a.ts": "" }), /leads out of it$/],
  "a path with .. in a tar": ["a.tgz", () => tarred({ "x/../../a.ts": "" }), /leads out of it$/],
  "an absolute path": ["a.zip", async () => await zipped({ "/etc/a.ts": "" }), /leads out of it$/],
  "an absolute path in a tar": ["a.tgz", () => tarred({ "/etc/a.ts": "" }), /leads out of it$/],
  "a path of Windows": ["a.zip", async () => await zipped({ "..\\a.ts": "" }), /leads out of it$/],
  "a drive": ["a.zip", async () => await zipped({ "C:\\a.ts": "" }), /leads out of it$/],
  "links only": [
    "a.tgz",
    () =>
      tarred({}, [
        { name: "exercise.ts", type: "symlink", linkname: "/etc/passwd" },
        { name: "lesson3.ts", type: "link", linkname: "/etc/passwd" },
        { name: "pipe", type: "fifo" },
      ]),
    /no archive with a file in it$/,
  ],
  "a gigabyte of zeros": [
    "a.tgz",
    () => Promise.resolve(gzipSync(new Uint8Array(2 ** 30), { level: 1 })),
    /holds more than 8000000 bytes$/,
  ],
  "100 MB in a zip": [
    "a.zip",
    async () => await zipSync({ "a.ts": new Uint8Array(1e8) }, { level: 1 }),
    /holds more than 8000000 bytes$/,
  ],
  "ten thousand files": [
    "a.zip",
    async () =>
      await zipped(Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`${i}.ts`, ""]))),
    /holds more than 200 files$/,
  ],
  "a name without a letter": ["a.zip", async () => await zipped({ "": "x" }), NO_NAME],
  "a file that is a folder too": [
    "a.zip",
    async () => await zipped({ "exercise.ts": "", "exercise.ts/a.ts": "" }),
    NO_NAME,
  ],
  "a name of 300 letters": ["a.tgz", () => tarred({ [`${"x".repeat(300)}.ts`]: "" }), NO_NAME],
  "a path of 6000 letters": ["a.tgz", () => tarred({ [`${"x/".repeat(3000)}a.ts`]: "" }), NO_NAME],
  "no archive": ["a.zip", () => Promise.resolve(bytes("hello")), /no archive with a file in it$/],
  "nothing": ["a.tar.gz", () => Promise.resolve(bytes("")), /cannot be unpacked/],
  "half of one": [
    "a.tgz",
    async () => (await tarred({ "a.ts": "x" })).slice(0, 40),
    /cannot be unpacked/,
  ],
};

for (const [what, [name, make, says]] of Object.entries(HOSTILE)) {
  Deno.test({ name: `an archive is refused: ${what}`, ignore }, async () => {
    await withFiles({}, async (folder) => {
      const path = join(folder, name);
      await Deno.writeFile(path, await make());
      const { message } = await assertRejects(() => handedIn(path, 3, path), Refused);
      assertMatch(message, says);
      assertEquals(Array.from(Deno.readDirSync(folder), (entry) => entry.name), [name]);
      removeScratch();
    });
  });
}
