/** What lies in a submission's folder is its own, in whatever way it is named. */
import { assert } from "@std/assert";
import { join } from "node:path";
import { procExists } from "../grader/server/proc.ts";
import { RunningServer } from "../grader/server/running_server.ts";
import { takeSubmission } from "../grader/submission/take_submission.ts";
import { goodSubmission, withFiles } from "./grader_program.ts";

const ignore = !procExists;
const THREAD = `postMessage("here");`;
/** Waits for a thread's first message; the module does not load without it. */
const AWAITED = `
await new Promise((resolve, reject) => {
  thread.onmessage = resolve;
  thread.onerror = reject;
});
thread.terminate();
`;
const startThread = (url: string) =>
  `const thread = new Worker(${url}, { type: "module" });${AWAITED}`;

/** How a submission comes to its own files: what is put in front of it, and the files. */
const WAYS: Readonly<Record<string, [text: string, files: Readonly<Record<string, string>>]>> = {
  "a thread by ./": [
    startThread(`new URL("./helper.ts", import.meta.url)`),
    { "helper.ts": THREAD },
  ],
  "a thread without ./": [
    startThread(`new URL("helper.ts", import.meta.url)`),
    { "helper.ts": THREAD },
  ],
  "a thread by import.meta.resolve": [
    startThread(`import.meta.resolve("./helper.js")`),
    { "helper.js": THREAD },
  ],
  "a thread whose name is put together": [
    startThread(`new URL(["hel", "per", ".ts"].join(""), import.meta.url)`),
    { "helper.ts": THREAD },
  ],
  "a thread by import.meta.dirname": [
    startThread("`file://${import.meta.dirname}/threads/one.mts`"),
    { "threads/one.mts": `import "../shared.ts";${THREAD}`, "shared.ts": "export {};" },
  ],
  "a thread of its own module": [
    `if (!("Deno" in globalThis) || self.name === "again") { postMessage("here"); }
    else { ${startThread("import.meta.url").replace("type:", 'name: "again", type:')} }`,
    {},
  ],
  "an import": [`import "./lib/loop.ts";`, { "lib/loop.ts": `import "../a.js";`, "a.js": "" }],
  "an import when it runs": [
    "await import(`./${['l', 'oop'].join('')}.ts`);",
    { "loop.ts": "export {};" },
  ],
  "JSON that is imported": [
    `import data from "./data.json" with { type: "json" };
    if (data.answer !== 42) throw new Error();`,
    { "data.json": `{ "answer": 42 }` },
  ],
  "a file that is read": [
    `if (Deno.readTextFileSync(new URL("notes.txt", import.meta.url)) !== "so") throw 0;`,
    { "notes.txt": "so" },
  ],
  "a file that is read by Node": [
    `import { readFileSync } from "node:fs";
    readFileSync(import.meta.dirname + "/deep/er/data.bin");`,
    { "deep/er/data.bin": "so" },
  ],
  "names with blanks, commas and 李": [
    `import "./my lib, 李/a, b.ts";`,
    { "my lib, 李/a, b.ts": "export {};" },
  ],
};

for (const [way, [text, files]] of Object.entries(WAYS)) {
  Deno.test({ name: `a submission may use its own files: ${way}`, ignore }, async () => {
    const submission = { "exercise.ts": text + "\n" + goodSubmission() };
    await withFiles({ ...submission, ...files }, (folder) => listens(join(folder, "exercise.ts")));
  });
}

Deno.test({ name: "a submission may have any name, in any folder", ignore }, async () => {
  const names = ["Doe, Jane.ts", "O'Neil (2).ts", "李雷.ts", "a b,c/exercise.ts", "-x.ts"];
  const files = Object.fromEntries(names.map((name) => [name, goodSubmission()]));
  await withFiles(files, async (folder) => {
    for (const name of names) await listens(join(folder, name));
  });
});

Deno.test({ name: "a link to one's own file or folder is as good as that", ignore }, async () => {
  const files = {
    "exercise.ts": `import "./linked/a.ts";\nimport "./b.ts";\n${goodSubmission()}`,
    "lib/a.ts": "",
  };
  await withFiles(files, async (folder) => {
    await Deno.symlink("lib", join(folder, "linked"));
    await Deno.symlink(join(folder, "lib/a.ts"), join(folder, "b.ts"));
    await listens(join(folder, "exercise.ts"));
  });
});

async function listens(path: string): Promise<void> {
  const taken = await takeSubmission(path);
  assert("target" in taken, "refused" in taken ? taken.refused : "");
  try {
    await (await RunningServer.start(taken.target)).stop();
  } finally {
    taken.remove();
  }
}
