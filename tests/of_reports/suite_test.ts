/** What `deno task test` shows of a run, and that it ends as the run does. */
import { assertEquals, assertMatch } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { procExists } from "../grader/server/proc.ts";
import { Program } from "../of_lessons/program.ts";
import { ClaimsShown } from "../suite/claims_shown.ts";
import { type EndedTest, TestLines } from "../suite/test_lines.ts";

Deno.test("TestLines: a test with its output, side by side or not; the tail as it comes", () => {
  const lines = new TestLines();
  const ended = (name: string, result: string, time: string, output: string[]) =>
    ({ name, result, time, output }) as EndedTest;
  const cases: [line: string, read: EndedTest | string | undefined][] = [
    ["running 2 tests from ./a_test.ts", undefined],
    [
      "\x1b[38;5;245m./a_test.ts => \x1b[0ma ... b ... \x1b[32mok\x1b[0m (1ms)",
      ended("a ... b", "ok", "1ms", []),
    ],
    ["c ...", undefined],
    ["------- output -------", undefined],
    ["d ... ok (9ms)", undefined],
    [" ERRORS ", undefined],
    ["./a_test.ts => c ...----- output end -----", undefined],
    [
      "c ... FAILED (due to 1 failed step) (2s)",
      ended("c", "FAILED", "2s", ["d ... ok (9ms)", " ERRORS "]),
    ],
    ["e ... ignored (0ms)", ended("e", "ignored", "0ms", [])],
    ["", undefined],
    ["\x1b[41m ERRORS \x1b[0m", "\x1b[41m ERRORS \x1b[0m"],
    ["f ... ok (1ms)", "f ... ok (1ms)"],
  ];
  for (const [line, read] of cases) assertEquals(lines.read(line), read, line);
});

Deno.test("ClaimsShown: lessons in their order, each when all its claims have a verdict", () => {
  const claims = new ClaimsShown(new Map([[1, ["1.P1", "1.C1"]], [2, ["2.P1"]]]));
  const take = (name: string, result: EndedTest["result"]) =>
    claims.take({ name, result, time: "1ms", output: [] });
  assertEquals(take("1 and the same", "ok"), false);
  take("2.P1 second", "ignored");
  take("1.C1 " + "x".repeat(90), "FAILED");
  assertEquals(claims.next(), "");
  take("1.P1 first", "ok");
  const shown = stripAnsiCode(claims.next()).split("\n");
  assertEquals(shown.length, 6);
  assertEquals(shown.slice(0, 2), ["Lesson 1, single-thread accept", "  holds   1.P1 first"]);
  assertMatch(shown[2], /^ {2}FAILS {3}1\.C1 x+…$/);
  assertEquals(shown[4], "  skipped 2.P1 second");
  assertEquals(Math.max(...shown.map((line) => line.length)), 80);
  assertEquals([claims.count, claims.countOf("FAILED")], ["3 of 3", 1]);
});

/** Runs a file of tests as `deno task test` does. */
async function run(
  source: string,
  typed: (file: string) => string[],
  act?: (p: Program) => unknown,
) {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/some_test.ts`;
  await Deno.writeTextFile(file, source);
  const args = ["run", "-A", "tests/suite/run.ts", "test", "-A", "--no-check", "--no-config"];
  const program = Program.start([...args, ...typed(file)]);
  await act?.(program);
  const ended = await program.ended;
  await Deno.remove(folder, { recursive: true });
  assertEquals(ended.stdout.includes("\x1b"), false, "colours without a terminal");
  return ended;
}

const SOME = `Deno.test("3.C1 a claim", () => console.log("its step"));
Deno.test("another", () => {});
Deno.test({ name: "third (skipped: why)", ignore: true, fn() {} });
`;

Deno.test("a run of all shows claims, counts the others, and says why some are skipped", async () => {
  const { code, stdout } = await run(SOME, (file) => [file, "--"]);
  assertEquals(code, 0);
  assertMatch(
    stdout,
    /^Lesson 3, I\/O multiplexing\n {2}holds {3}3\.C1 a claim\nOther tests: 1 passed, 0 failed, 1 skipped\n {2}skipped third \(skipped: why\)\nok \| 2 passed \| 0 failed \| 1 ignored \(\S+\)\n/,
  );
});

Deno.test("a failure is shown in full, with the exit code of deno test", async () => {
  const { code, stdout } = await run(SOME + 'Deno.test("no", () => { throw new Error("so") });', (
    file,
  ) => [file, "--"]);
  assertEquals(code, 1);
  assertMatch(
    stdout,
    /, 1 failed, [^]* ERRORS [^]*Error: so\n[^]* FAILURES [^]*\nFAILED \| 2 passed/,
  );
});

Deno.test("of a part each test is shown with what it wrote, and --all shows Deno's own lines", async () => {
  const part = await run(SOME, (file) => ["--", "--filter=3.", file]);
  assertMatch(part.stdout, /^ok 3\.C1 a claim \(\S+\)\nits step\nok \| 1 passed/);
  const all = await run(SOME, (file) => ["--", file, "--all"]);
  assertMatch(
    all.stdout,
    /^running 3 tests from .*\n3\.C1 a claim \.\.\.\n-+ output -+\nits step\n/,
  );
});

Deno.test({
  name: "a claim that is asked for by its id is shown with its steps, and no other file is loaded",
  ignore: !procExists,
  async fn() {
    const args = ["run", "-A", "tests/suite/run.ts", "test", "-A", "--no-check", "--parallel"];
    const program = Program.start([...args, "--", "--filter", "3.P2"]);
    const { code, stdout } = await program.ended;
    assertEquals(code, 0);
    assertMatch(
      stdout,
      /^ok 3\.P2 Threads .*\n {2}1\. .* server listens\n[^]*\n {5}measured: \d+ clients/,
    );
    assertMatch(stdout, /\nok \| 1 passed \| 0 failed \| 6 filtered out /);
  },
});

Deno.test({
  name: "Ctrl-C ends a run",
  ignore: Deno.build.os === "windows",
  async fn() {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const hangs = `Deno.test("hangs", async () => {
      const conn = await Deno.connect({ hostname: "127.0.0.1", port: ${listener.addr.port} });
      await conn.read(new Uint8Array(1));
    });`;
    const { code, stdout } = await run(hangs, (file) => [file, "--"], async (program) => {
      const conn = await listener.accept();
      program.signal("SIGINT");
      await program.ended;
      conn.close();
    });
    assertMatch(stdout, /hangs/);
    assertEquals(code, 130);
  },
});
