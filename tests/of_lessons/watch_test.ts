/** `deno task watch 3`: an exercise that is started again whenever it is saved. */
import { assert, assertEquals, assertMatch } from "@std/assert";

import { runLesson, taskArguments } from "./lesson_process.ts";
import { Program, ROOT } from "./program.ts";

/** Windows has no signals to send; there a program is ended from its own terminal. */
const NO_SIGNALS = Deno.build.os === "windows";

const EXERCISE = "lessons/3-io-multiplexing/exercise.ts";

/** A copy of all that `deno task watch` needs, whose exercise one may change. */
async function withCopy(
  body: (file: string, source: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const args = ["-r", "lessons", "models", "deno.json", "deno.lock", folder];
    const { success } = await new Deno.Command("cp", { args, cwd: ROOT }).output();
    assert(success, "cp");
    // Not the exercise itself, which may be begun.
    const model = await Deno.readTextFile(new URL("models/3_io_multiplexing.ts", ROOT));
    const source = model.replaceAll('"./parts/', '"../../models/parts/');
    await Deno.writeTextFile(`${folder}/${EXERCISE}`, source);
    await body(`${folder}/${EXERCISE}`, source, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Waits until the program has said it so often. */
async function said(program: Program, text: string, times: number): Promise<void> {
  await program.stdout.until(new RegExp(`(?:${text}[^]*){${times}}`));
}

Deno.test({
  name: "watch starts the exercise again when it is saved, also after it failed",
  ignore: NO_SIGNALS,
  async fn() {
    await withCopy(async (file, source, folder) => {
      const args = taskArguments("watch", ["3", "--port", "0"]);
      const program = Program.start(args, "null", undefined, {}, folder);
      await said(program, "listening on", 1);
      await Deno.writeTextFile(file, source + "\n");
      await said(program, "listening on", 2);
      await Deno.writeTextFile(file, `${source}notThere();\n`);
      await program.stderr.until(/exercise\.ts:\d+:\d+: notThere is not defined\n/);
      await said(program, "it starts again when .* is saved", 1);
      await Deno.writeTextFile(file, source);
      await said(program, "listening on", 3);
      program.signal("SIGINT");
      const { code, stdout } = await program.ended;
      assertEquals(code, 0);
      assertEquals(stdout.match(/exercise\.ts was saved\n/g)?.length, 3);
      const [, port] = /[^]*listening on [\d.]+:(\d+)/.exec(stdout)!;
      Deno.listen({ port: Number(port) }).close();
    });
  },
});

Deno.test({
  name: "watch ends an exercise whose loop never waits",
  ignore: NO_SIGNALS,
  async fn() {
    await withCopy(async (file, source, folder) => {
      const spins = source.replace("while (selector.open) {", "while (selector.open);\n  {");
      assert(spins !== source);
      await Deno.writeTextFile(file, spins);
      const args = taskArguments("watch", ["3", "--port", "0"]);
      const program = Program.start(args, "null", undefined, {}, folder);
      await said(program, "listening on", 1);
      await Deno.writeTextFile(file, source);
      await said(program, "listening on", 2);
      program.signal("SIGINT");
      assertEquals((await program.ended).code, 0);
    });
  },
});

Deno.test("a wrong command line of watch gets one line, and exit code 2", async () => {
  const cases: [args: string[], says: RegExp][] = [
    [[], /^which lesson\? Such as: deno task watch 3\n$/],
    [["x"], /^no lesson x; there are 1, .*\n$/],
    [["3", "--prot", "1"], /^no flag --prot; see: deno task lesson3 --help\n$/],
  ];
  for (const [args, says] of cases) {
    const { code, stderr } = await Program.start(taskArguments("watch", args)).ended;
    assertEquals(code, 2);
    assertMatch(stderr, says);
  }
  for (
    const [flags, says] of [
      [["--watch"], "--watch goes with --exercise\n"],
      [["--exercise", "--watch", "--demo"], "--demo takes no --watch\n"],
    ] as const
  ) {
    const { code, stderr } = await runLesson(3, flags).ended;
    assertEquals([code, stderr], [2, says]);
  }
});

Deno.test({
  name: "--exercise --watch of a lesson does the same, with the lesson's other flags",
  ignore: NO_SIGNALS,
  async fn() {
    await withCopy(async (file, source, folder) => {
      const args = taskArguments("lesson3", [
        ..."--exercise --watch --port 0 --trace off".split(" "),
      ]);
      const program = Program.start(args, "null", undefined, {}, folder);
      await said(program, "listening on", 1);
      await Deno.writeTextFile(file, source + "\n");
      await said(program, "listening on", 2);
      program.signal("SIGTERM");
      const { code, stdout } = await program.ended;
      assertEquals([code, / main +listen /.test(stdout)], [0, false]);
      const [, port] = /[^]*listening on [\d.]+:(\d+)/.exec(stdout)!;
      Deno.listen({ port: Number(port) }).close();
    });
  },
});
