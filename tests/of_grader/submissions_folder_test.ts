/** Who is a student of a folder, and what of it is theirs. */
import { assertEquals } from "@std/assert";
import { submissionsIn } from "../grader/submission/submissions_folder.ts";
import { procExists } from "../grader/server/proc.ts";
import { NO_SERVERS, runLong, withFiles } from "./grader_program.ts";

Deno.test("submissionsIn: a student is a file, a folder or an archive", async () => {
  const names = ["ann.ts", "bob.MTS", "_cem.js", "dee/exercise.ts", "eve/notes.md", "fay.zip"];
  const others = ["gus.tar.gz", "class.csv", "README", ".DS_Store/a.ts", "__MACOSX/a.ts"];
  await withFiles(Object.fromEntries([...names, ...others].map((name) => [name, ""])), (folder) => {
    const { submissions, ignored } = submissionsIn(folder, 3);
    assertEquals(
      submissions.map(({ student, path }) => `${student}: ${path.slice(folder.length + 1)}`),
      [
        "_cem: _cem.js",
        "ann: ann.ts",
        "bob: bob.MTS",
        "dee: dee",
        "eve: eve",
        "fay: fay.zip",
        "gus: gus.tar.gz",
      ],
    );
    assertEquals(ignored, ["README", "class.csv"]);
    return Promise.resolve();
  });
});

Deno.test("submissionsIn: whatever somebody handed in is a row; beside a program it is passed over", async () => {
  const names = [
    "ann.pdf",
    "bob.tar.xz",
    "cem.ts",
    "cem.txt",
    "dee.py",
    "dee.rar",
    "eve",
    "fay.ts",
  ];
  names.push("fay.zip", "hal_123_text.html", "ivo_124_link.html", "ivo_124_77_a.ts");
  names.push("Jo_12_assignsubmission_onlinetext/onlinetext.html");
  await withFiles(Object.fromEntries(names.map((name) => [name, ""])), (folder) => {
    Deno.symlinkSync("cem.ts", `${folder}/gus.ts`);
    const { submissions, ignored } = submissionsIn(folder, 3);
    assertEquals(
      submissions.map(({ student, path, problem = "" }) =>
        `${student}: ${path.slice(folder.length + 1)} ${problem}`.trim()
      ),
      [
        "Jo_12: Jo_12_assignsubmission_onlinetext",
        "ann: ann.pdf",
        "bob: bob.tar.xz",
        "cem: cem.ts",
        "dee: dee.rar",
        "eve: eve",
        "fay: fay.ts fay.ts and fay.zip are the same student's: leave one of them",
        "gus: gus.ts it is a symbolic link, which may lead to another's: put there what it leads to",
        "hal_123: hal_123_text.html",
        "ivo_124: ivo_124_77_a.ts",
      ],
    );
    assertEquals(ignored, ["cem.txt", "ivo_124_link.html"]);
    return Promise.resolve();
  });
});

Deno.test({
  name: "grade-all: a named pipe, a link and names that are not UTF-8 hold up nobody",
  ignore: !procExists,
}, async () => {
  await withFiles({ "class/ann.ts": NO_SERVERS["no_serve.ts"] }, async (folder) => {
    // Deno has no names but those of UTF-8.
    const script =
      'cd "$1" && mkfifo pipe.ts && mkdir bytes && : > "bytes/exer$(printf "\\377").ts"';
    await new Deno.Command("bash", { args: ["-c", script, "bash", `${folder}/class`] }).output();
    Deno.symlinkSync("ann.ts", `${folder}/class/link.ts`);
    const flags = ["--lesson=3", `--out=${folder}/out`];
    const { code } = await runLong("grade-all", [`${folder}/class`, ...flags]);
    const { students } = JSON.parse(Deno.readTextFileSync(`${folder}/out/summary.json`));
    assertEquals(
      students.map(({ student, error }: Record<string, string>) => `${student}: ${error}`),
      [
        'ann: ann.ts: ended before it listened; it said: "does not export a function named serve"',
        "bytes: bytes: exer\ufffd.ts has a name that is not UTF-8: rename it",
        "link: it is a symbolic link, which may lead to another's: put there what it leads to",
        "pipe: pipe.ts is not a file",
      ],
    );
    assertEquals(code, 1);
  });
});
