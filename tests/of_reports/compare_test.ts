/** `deno task compare`, as it is typed. No figure is judged. */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../../lessons/tools/flags.ts";
import { parseCompareArguments } from "../compare/arguments.ts";
import schema from "../compare/comparison.schema.json" with { type: "json" };
import { alive, processTree, procExists } from "../grader/server/proc.ts";
import { run, runLong, start, withFiles } from "../of_grader/grader_program.ts";
import { schemaErrors } from "./json_schema.ts";

Deno.test("compare --quick prints a row of each model in each table, and writes JSON", async () => {
  await withFiles({}, async (folder) => {
    const flags = ["--quick", "--only", "3,1", `--json=${folder}/c.json`];
    const { code, stdout, stderr } = await runLong("compare", flags);
    assertEquals(code, 0, stderr);
    assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
    for (const row of [/^1 single-thread accept +\S/gm, /^3 I\/O multiplexing +\S/gm]) {
      assertEquals(stdout.match(row)?.length, 3, stdout);
    }
    assertMatch(stderr, /^model 1: start-up, .+ PING\nmodel 3: start-up, .+ PING\n$/m);
    const result = JSON.parse(await Deno.readTextFile(`${folder}/c.json`));
    assertEquals(schemaErrors(result, schema), []);
    const [one, three] = result.models;
    assertEquals([one.model, three.model], [1, 3]);
    const everywhere = ["listens_ms", "sleep_at_once", "fib_ratio", "ping_median_us"];
    const onLinux = ["threads", "memory_per_client_bytes", "ping_alone_cpu_us", "ping_load_cpu_us"];
    const missing = [...everywhere, ...procExists ? onLinux : []].filter((name) =>
      three[name] === undefined
    );
    assertEquals(missing, []);
  });
});

Deno.test("compare: a command line that cannot be followed is one line and exit code 2", async () => {
  const refusals: [args: string[], says: RegExp][] = [
    [["--only", "3,9"], /^--only: '3,9' is not a list of models from 1 to \d, with commas$/],
    [["--only="], /^--only needs a list of models/],
    [["--json"], /^--json needs a file to write$/],
    [["--fast"], /^no flag --fast; see: deno task compare --help$/],
    [["3"], /^no argument '3' is expected; see: deno task compare --help$/],
    [["--page", "--quick"], /^--page needs full figures of all/],
    [["--page", "--io=deno"], /^--page needs full figures of all/],
    [["--io", "gpu"], /^--io: 'gpu' is not deno, kernel or deno,kernel$/],
    [["--page", "--only=3"], /^--page needs full figures of all/],
  ];
  for (const [args, says] of refusals) {
    const { message } = assertThrows(() => parseCompareArguments(args, "/"), UsageError);
    assertMatch(message, says);
  }
  const [unknown, unwritable, help] = await Promise.all([
    run("compare", ["--fast"]),
    run("compare", ["--json=/nowhere/c.json"]),
    run("compare", ["--help"]),
  ]);
  for (const { code, stdout, stderr } of [unknown, unwritable]) {
    assertEquals({ code, stdout }, { code: 2, stdout: "" });
    assertMatch(stderr, /^(no flag --fast|--json: cannot write \S+: no such folder).*\n$/);
  }
  assertEquals(help.code, 0);
  assertEquals(help.stdout.split("\n").filter((line) => line.length > 80), []);
});

Deno.test({
  name: "compare: Ctrl-C ends the servers too",
  ignore: !procExists,
  async fn() {
    const program = start("compare", ["--quick", "--only", "6"]);
    await program.stderr.until(/model 6: start-up/);
    let servers: number[] = [];
    while (servers.length < 2) {
      assert(alive(program.pid), "it ended without a server of several processes");
      await new Promise((resolve) => setTimeout(resolve, 2));
      servers = processTree(program.pid).slice(1);
    }
    program.signal("SIGINT");
    const { code, stdout } = await program.ended;
    assertEquals({ code, stdout }, { code: 130, stdout: "" });
    // A killed process is gone a moment later; one that was not killed never is.
    for (const endMs = Date.now() + 5000; servers.some(alive) && Date.now() < endMs;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assertEquals(servers.filter(alive), []);
  },
});
