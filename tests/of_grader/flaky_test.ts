/** `deno task flaky` as it is typed. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { Counts } from "../grader/grading/flaky_counts.ts";
import { procExists } from "../grader/server/proc.ts";

const PROGRAM = new URL("../grader/flaky.ts", import.meta.url).pathname;

async function flaky(...args: string[]) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", PROGRAM, ...args],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const skipped = procExists ? "" : " (skipped: needs Linux's /proc)";
Deno.test({
  name: `flaky finds the verdicts of a model the same from round to round${skipped}`,
  ignore: !procExists,
  async fn() {
    const { code, stdout } = await flaky("1", "--times", "2", "--only", "busy");
    assertStringIncludes(stdout, "busy: all verdicts the same, 2 times out of 2\n");
    assertEquals(code, 0);
  },
});

Deno.test("flaky tells which verdicts differ, and which experiments were repeated", () => {
  const counts = new Counts();
  const pass = { status: "pass", measured: "4 at once", tries: 1 } as const;
  assertEquals(counts.add({ "3.P1": pass, "3.C1": pass }), []);
  assertEquals([counts.differing, counts.repeats, counts.repeated], [[], [], 0]);
  const again = { ...pass, tries: 3 };
  assertEquals(
    counts.add({ "3.P1": { status: "fail", measured: "1 at once", tries: 1 }, "3.C1": again }),
    ["3.P1: fail: 1 at once"],
  );
  assertEquals(counts.differing, [["3.P1", "  1 pass: 4 at once", "  1 fail: 1 at once"]]);
  assertEquals([counts.repeats, counts.repeated, counts.size], [["3.C1: 2 repeats"], 2, 2]);
});

Deno.test("flaky says in one line what is wrong with its command line", async () => {
  const cases: [args: string[], says: string][] = [
    [["12"], "no lesson 12; there are "],
    [["--times", "0"], "--times: '0' is not a whole number from 1 to 1000"],
    [["--only", "sunday"], "--only: "],
  ];
  for (const [args, says] of cases) {
    const { code, stderr } = await flaky(...args);
    assertStringIncludes(stderr, says);
    assertEquals([code, stderr.trim().split("\n").length], [2, 1]);
  }
});
