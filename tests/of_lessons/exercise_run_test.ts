/** `deno task lesson3 --exercise`: a student's file in place of the model, right or wrong. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { folderOf, LESSONS } from "../../lessons/catalogue.ts";
import { exerciseIn } from "./exercise_state.ts";
import { LessonServer } from "./lesson_process.ts";
import { Program, ROOT } from "./program.ts";

/** Windows has no signals to send; there a program is ended from its own terminal. */
const NO_SIGNALS = Deno.build.os === "windows";
const EXERCISE = "lessons/3-io-multiplexing/exercise.ts";

for (const row of LESSONS) {
  const lesson = row.number;
  const { begun } = exerciseIn(folderOf(row).split("/")[1]);
  const yours = begun ? " (skipped: it is begun, and the student's own)" : "";
  const name =
    `lesson ${lesson} --exercise listens, shows its clients, and ends at a signal${yours}`;
  Deno.test({
    name,
    ignore: begun,
    async fn() {
      const server = await LessonServer.start(lesson, ["--exercise"]);
      const client = await server.talk("PING\r\n");
      await server.program.stdout.until(/ (main|process-\d) +#1 +accept +from 127/);
      const { code, stdout, stderr } = await server.stop("SIGINT");
      client.close();
      await client.received;
      if (NO_SIGNALS) return;
      assertEquals({ code, stderr }, { code: 0, stderr: "" });
      assertMatch(
        stdout,
        /\nthe model is lessons\/\d-[\w-]+\/exercise\.ts; Ctrl-C ends the server\n/,
      );
      assertStringIncludes(
        stdout,
        `\ndone? deno task grade ${lesson}    stuck? deno task hint ${lesson}\n`,
      );
      assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
    },
  });
}

/** Runs lesson 3 with this text as its exercise, in a folder that looks like the lesson's. */
async function run(source: string, check: (program: Program) => Promise<void>): Promise<void> {
  const top = await Deno.makeTempDir();
  const folder = `${top}/lessons/3-io-multiplexing`;
  await Deno.mkdir(folder, { recursive: true });
  const inPlace = (text: string) =>
    text.replaceAll(/"(\.\.\/)+(models|lessons\/tools|tools)\//g, place);
  const place = (_: string, __: string, part: string) =>
    `"${new URL(part === "tools" ? "lessons/tools" : part, ROOT)}/`;
  const server = await Deno.readTextFile(new URL("lessons/3-io-multiplexing/server.ts", ROOT));
  await Deno.writeTextFile(`${folder}/server.ts`, inPlace(server));
  await Deno.writeTextFile(`${folder}/exercise.ts`, inPlace(source));
  const at = (path: string) => new URL(path, ROOT).pathname;
  const program = Program.start([
    ...["run", "--no-prompt", "--config", at("deno.json"), "--allow-net=127.0.0.1"],
    `--allow-read=${at("models")},${at("lessons/tools")},${folder}/exercise.ts`,
    ...[`${folder}/server.ts`, "--exercise", "--port", "0", "--trace", "off"],
  ]);
  await check(program);
  await program.ended;
  await Deno.remove(top, { recursive: true });
}

const STUB = await Deno.readTextFile(new URL(EXERCISE, ROOT));
const STARTER = "while (selector.open) await selector.wait();";
/** The stub with something else in the place of a line. */
const stubWith = (line: string, other: string) => STUB.replace(line, () => other);

/** What a student may write, and the one line that tells what is wrong with it. */
const WRONG: Readonly<Record<string, [source: string, says: RegExp]>> = {
  "a syntax error": ["const a = ;\nexport function serve() {}", /^:1:11: .*Expression expected$/],
  "an end that is missing": ["\nexport function serve() {", /^:2:\d+: .*Expected '}'/],
  "a module that does not exist": ['import "../../models/parts/no.ts";', /^:1:8: Module not found/],
  "an import that is not exported": [
    'import { no } from "../../models/parts/selector.ts";\nno();',
    /^:1:10: .*does not provide an export named 'no'$/,
  ],
  "a second file": [
    '\nimport { x } from "./x.ts";\nx();',
    /^:2:19: an exercise is one file, and may import from models\/parts only$/,
  ],
  "an error at the top": ['\n\nthrow new Error("boom\\nand more");', /^:3:7: boom$/],
  "no serve": ["export const server = 1;", /^: exports no function named serve$/],
  "a serve that throws": ["export function serve() {\n  nothing();\n}", /^:2:3: nothing is not/],
  "a serve that throws an Error": [
    'export function serve() {\n  throw new Error("x");\n}',
    /^:2:9: x$/,
  ],
  "a serve that returns nothing": [
    "export function serve() {}",
    /^: serve\(\) has to return what serverHandle\(\) gives$/,
  ],
};

Deno.test("what is wrong with an exercise is said in one line, with its place", async () => {
  await Promise.all(
    Object.entries(WRONG).map(([name, [source, says]]) =>
      run(source, async (program) => {
        const { code, stdout, stderr } = await program.ended;
        assertEquals({ code, stdout }, { code: 1, stdout: "" }, `${name}: ${stderr}`);
        assert(stderr.startsWith(EXERCISE) && stderr.endsWith("\n"), `${name}: ${stderr}`);
        assertMatch(stderr.slice(EXERCISE.length, -1), says, name);
        assertEquals(stderr.split("\n").length, 2, `${name}: ${stderr}`);
      })
    ),
  );
});

/** Errors that show when the server listens already, some of them at the first client. */
const LATE: Readonly<Record<string, [source: string, says: RegExp]>> = {
  "a loop that is missing": [
    stubWith(STARTER, ""),
    /: the server has ended by itself; is the loop/,
  ],
  "an error in the loop": [
    stubWith(STARTER, "await selector.wait();\n    nothing();"),
    /:\d+:5: nothing is not defined$/,
  ],
  "an error that nobody awaits": [
    stubWith(STARTER, `(async () => nothing(await 0))();\n    ${STARTER}`),
    /:\d+:18: nothing is not defined$/,
  ],
  "an error in a timer": [
    stubWith(STARTER, `setTimeout(() => nothing(), 1);\n    ${STARTER}`),
    /:\d+:22: nothing is not defined$/,
  ],
};

Deno.test({
  name: "exercise 3, untouched but for a line that fails later, says so in one line, and ends",
  ignore: exerciseIn("3-io-multiplexing").begun,
  async fn() {
    await Promise.all(
      Object.entries(LATE).map(([name, [source, says]]) =>
        run(source, async (program) => {
          const server = await LessonServer.ready(program);
          await server.talk("").then(({ close }) => close(), () => {});
          const { code, stderr } = await program.ended;
          assertEquals(code, 1, `${name}: ${stderr}`);
          assertMatch(stderr.trimEnd(), says, name);
          assertEquals(stderr.split("\n").length, 2, `${name}: ${stderr}`);
        })
      ),
    );
  },
});
