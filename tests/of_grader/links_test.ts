/** Nothing comes into a submission's copy by a link, of whatever kind, and whenever it is made. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "node:path";
import { procExists } from "../grader/server/proc.ts";
import { copyFolder } from "../grader/submission/copy_folder.ts";
import { takeSubmission } from "../grader/submission/take_submission.ts";
import { goodSubmission, withFiles } from "./grader_program.ts";

const ignore = !procExists;

/** Where a link in a submission may lead, and what is imported by way of it. */
const LINKS: Readonly<Record<string, (folder: string) => [link: string, to: string, use: string]>> =
  {
    "a folder, absolute": (course) => ["lib", `${course}models`, "lib/3_io_multiplexing.ts"],
    "a folder, through /proc": () => ["lib", "/proc/self/cwd/models", "lib/3_io_multiplexing.ts"],
    "the folder above": () => ["up", "..", "up/neighbour/exercise.ts"],
    "a neighbour, relative": () => ["lib", "../neighbour", "lib/exercise.ts"],
    "a neighbour's file": () => ["a.ts", "../neighbour/exercise.ts", "a.ts"],
    "a folder, through two links": () => ["lib", "hop", "lib/3_io_multiplexing.ts"],
    "the claims": (course) => ["t", `${course}tests`, "t/lesson3_test.ts"],
    "an open file": () => ["a.ts", "/proc/self/fd/0", "a.ts"],
    "itself": () => ["a.ts", "a.ts", "a.ts"],
    "a device": () => ["a.ts", "/dev/zero", "a.ts"],
  };

for (const [what, link] of Object.entries(LINKS)) {
  Deno.test({ name: `nothing comes in by a link to ${what}`, ignore }, async () => {
    const course = new URL("../../", import.meta.url).pathname;
    const [name, to, use] = link(course);
    const files = {
      "bob/exercise.ts": `export { serve } from "./${use}";\n`,
      "neighbour/exercise.ts": goodSubmission(),
    };
    await withFiles(files, async (folder) => {
      await Deno.symlink(`${course}models`, join(folder, "bob/hop"));
      await Deno.symlink(to, join(folder, "bob", name));
      const taken = await takeSubmission(join(folder, "bob/exercise.ts"));
      assert("refused" in taken, `${use} came in`);
      assertMatch(taken.refused, /is a symbolic link that leads out|does not exist|no such file/);
    });
  });
}

Deno.test(
  { name: "no link leads out of the checkout in which a file is handed in", ignore },
  async () => {
    const files = { "checkout/readme.md": "", "neighbour/exercise.ts": goodSubmission() };
    await withFiles(files, async (folder) => {
      const checkout = join(folder, "checkout");
      await Deno.mkdir(join(checkout, "lessons"));
      await Deno.symlink("../../neighbour", join(checkout, "lessons/3-io-multiplexing"));
      const path = join(checkout, "lessons/3-io-multiplexing/exercise.ts");
      const taken = await takeSubmission(path, checkout);
      assert("refused" in taken);
      assertMatch(taken.refused, /lies outside of the submission's folder, by a symbolic link$/);
    });
  },
);

Deno.test(
  { name: "of a file alone nothing beside it comes in, nor what it is a link to", ignore },
  async () => {
    const files = {
      "ann.ts": `import "./bob.ts";\n${goodSubmission()}`,
      "bob.ts": goodSubmission(),
    };
    await withFiles(files, async (folder) => {
      await Deno.symlink("bob.ts", join(folder, "cem.ts"));
      for (const name of ["ann.ts", "cem.ts"]) {
        const path = join(folder, name);
        const taken = await takeSubmission(path, path);
        assert("refused" in taken, `${name} came in`);
      }
    });
  },
);

Deno.test({
  name: "a file that is exchanged for a link while it is read is never another's",
  ignore,
}, async () => {
  const files = { "bob/exercise.ts": "export {};\n", "secret.ts": "// the neighbour's\n" };
  await withFiles(files, async (folder) => {
    const secret = join(folder, "secret.ts"), own = join(folder, "bob");
    await Deno.mkdir(join(own, "real"));
    await Deno.writeTextFile(join(own, "real/a.ts"), "// my own\n");
    await Deno.mkdir(join(folder, "theirs"));
    await Deno.copyFile(secret, join(folder, "theirs/a.ts"));
    // Turns a folder into a link and back, as fast as it can.
    const flips = `import os, sys
while True:
    for to in ("${join(folder, "theirs")}", "real"):
        try:
            os.symlink(to, "${own}/new"); os.rename("${own}/new", "${own}/lib")
        except OSError: pass`;
    const flipping = new Deno.Command("python3", { args: ["-c", flips] }).spawn();
    try {
      for (let i = 0; i < 300; i++) {
        const taken = await takeSubmissionFolder(join(own, "exercise.ts"));
        assertEquals(taken.includes("neighbour"), false);
      }
    } finally {
      flipping.kill("SIGKILL");
      await flipping.status;
    }
  });
});

/** All the text that a copy of the file's folder has. */
async function takeSubmissionFolder(path: string): Promise<string> {
  const to = await Deno.makeTempDir();
  copyFolder({ folder: await Deno.realPath(dirname(path)) }, to);
  let text = "";
  for (const name of ["exercise.ts", "lib/a.ts", "real/a.ts"]) {
    text += await Deno.readTextFile(join(to, name)).catch(() => "");
  }
  await Deno.remove(to, { recursive: true });
  return text;
}
