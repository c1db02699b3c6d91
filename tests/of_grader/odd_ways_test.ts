/** Odd names, odd commands, odd places: each is understood, or said in words that help. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { commandWords, whyNeedsShell } from "../../lessons/tools/command_words.ts";
import { procExists } from "../grader/server/proc.ts";
import { ROOT } from "../of_lessons/program.ts";
import { goodSubmission, NO_SERVERS, run, withFiles } from "./grader_program.ts";

const ignore = !procExists;
const LISTENS_ON_6 = `import socket, sys
server = socket.socket(socket.AF_INET6)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
server.bind(("::1", int(sys.argv[1])))
server.listen()
while True:
    server.accept()
`;

Deno.test("a command's words: quotes of either kind, also within a word", () => {
  const words = (command: string) => commandWords(command, new Map([["{port}", "80"]]));
  assertEquals(words(`a 'b c' "d 'e'" f="g h"i {port} -p:{port} ''`), [
    ...["a", "b c", "d 'e'", "f=g hi", "80", "-p:80", ""],
  ]);
});

Deno.test("a command that needs a shell is told so, and what to write", () => {
  const says: Record<string, RegExp> = {
    "PORT={port} ./server": /^'PORT=\{port\}' is for a shell, .+ or: env PORT=\{port\} …$/,
    "cd x && ./server {port}": /^'cd' is a shell's own/,
    "./server {port} 2>log": /^'2>log' is for a shell/,
    "./server {port} | tee log": /^'\|' is for a shell/,
    "./a; ./server {port}": /^'\.\/a;' is for a shell/,
    "./server $PORT {port}": /^'\$PORT' is for a shell/,
    "./server 'a {port}": /^a quote in it is not closed$/,
  };
  for (const [command, why] of Object.entries(says)) assertMatch(whyNeedsShell(command), why);
  for (
    const fine of ["sh -c 'cd x && exec ./s {port}'", "env PORT={port} ./s", "./s --port={port}"]
  ) {
    assertEquals(whyNeedsShell(fine), "");
  }
});

Deno.test(
  { name: "grade --command: what a shell would do, and a server on ::1 only", ignore },
  async () => {
    await withFiles({ "six.py": LISTENS_ON_6 }, async (folder) => {
      const shell = await run("grade", ["3", "--command", "PORT={port} ./server"]);
      assertEquals({ code: shell.code, stdout: shell.stdout }, { code: 2, stdout: "" });
      assertMatch(shell.stderr, /^--command: 'PORT=\{port\}' is for a shell/);
      const six = await run("grade", [
        "3",
        "--command",
        `sh -c "exec python3 '${folder}/six.py' {port}"`,
      ]);
      assertEquals(six.code, 2);
      assertMatch(six.stderr, /it listens there on another address, such as \[::1\]$/m);
    });
  },
);

Deno.test({ name: "the course grades when it is started through a link", ignore }, async () => {
  await withFiles({ "class/ann.ts": goodSubmission() }, async (folder) => {
    await Deno.symlink(ROOT.pathname, `${folder}/course`);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "grade", "3.P1", `--file=${folder}/class/ann.ts`],
      cwd: `${folder}/course`,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertMatch(new TextDecoder().decode(stdout), /3 of 3 points/);
  });
});

Deno.test({ name: "a name that is not UTF-8 is a row that says: rename it", ignore }, async () => {
  await withFiles({ "class/ann.ts": NO_SERVERS["no_serve.ts"] }, async (folder) => {
    // Deno itself can neither make nor open it.
    const make = `open(b"${folder}/class/\\xe9ric.ts", "w").close()`;
    assert((await new Deno.Command("python3", { args: ["-c", make] }).output()).success);
    const { code, stdout } = await run("grade-all", [`${folder}/class`, "--lesson=3"]);
    assertEquals(code, 1);
    assertMatch(stdout, /\ufffdric +not graded {2}its name is not UTF-8, .+: rename it/);
    const table = await Deno.readTextFile(`${folder}/class-grades/summary.csv`);
    assertMatch(table, /^ann,0,/m);
    assertMatch(table, /^\ufffdric,0,0,.+rename it"\r$/m);
    const one = await run("grade", ["3", `--file=${folder}/class/\ufffdric.ts`]);
    assertEquals(one.stderr, "\ufffdric.ts: its name is not UTF-8: rename it\n");
  });
});

/** Files that do not parse, and the line that is to be named. */
const SYNTAX: Readonly<Record<string, readonly [text: string, line: number]>> = {
  "list.ts": ["export function serve() {\n  const a = [1, 2;\n}\n", 2],
  "end.ts": ["export function serve() {\n  let a = 1;\n", 2],
  "twice.js": ["export function serve() {\n  let a = 1;\n  let a = 2;\n}\n", 3],
  "pattern.ts": ["export function serve() {\n  const a = /(/;\n}\n", 2],
};

Deno.test(
  { name: "a syntax error is said with its line, and no path of this machine", ignore },
  async () => {
    const files = Object.fromEntries(Object.entries(SYNTAX).map(([name, [text]]) => [name, text]));
    await withFiles(files, async (folder) => {
      for (const [name, [, line]] of Object.entries(SYNTAX)) {
        const result = `${folder}/result.json`;
        const flags = [
          `--file=${folder}/${name}`,
          `--gradescope=${result}`,
          `--json=${folder}/all.json`,
        ];
        const { stdout, stderr } = await run("grade", ["3", ...flags]);
        assertMatch(stderr, new RegExp(`^${name}[: ].*(\\(line ${line}\\)|:${line}:\\d+)`), name);
        const all = await Deno.readTextFile(result) + await Deno.readTextFile(`${folder}/all.json`);
        assert(!(stdout + stderr + all).includes(folder), stdout + stderr + all);
      }
    });
  },
);
