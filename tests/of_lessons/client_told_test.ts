/** What `deno task client` tells who needs help, or has made a mistake. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { COMMANDS, PROMPT_HELP } from "../../lessons/tools/client_help.ts";
import { assertPrints, client, withServer } from "./client_kit.ts";
import { assertNarrow, taskArguments } from "./lesson_process.ts";
import { Program } from "./program.ts";

Deno.test("help at the prompt has an example of each command, and each example works", async () => {
  await withServer(["--trace", "off"], async (server) => {
    const program = client(server, [], "piped");
    const writer = program.stdin.getWriter();
    await writer.write(new TextEncoder().encode("help\n"));
    await writer.close();
    await assertPrints(program, { code: 0, stdout: PROMPT_HELP });
    assertNarrow(PROMPT_HELP);
    const quick = COMMANDS.filter(({ command }) => !/^(SLEEP|QUIT)/.test(command));
    assertEquals(quick.length, COMMANDS.length - 2);
    for (const { example } of quick) {
      const reply = await server.ask(example);
      assertMatch(reply, /^[+$:]/, `${example}: ${reply}`);
    }
  });
});

Deno.test("what is started by npx prints commands as npx takes them", async () => {
  const npx = `npx -y deno@${Deno.version.deno} task`;
  const env = { npm_lifecycle_event: "npx" };
  const start = (task: "client" | "hint" | "lesson3", args: string[]) =>
    Program.start(taskArguments(task, args), "null", undefined, env);
  assertEquals(
    (await start("client", []).ended).stderr,
    `which lesson? Such as: ${npx} client 3\n`,
  );
  assertStringIncludes((await start("hint", ["3"]).ended).stdout, `: ${npx} hint 3 2\n`);
  const server = start("lesson3", ["--port", "0"]);
  await server.stdout.until(/listen .*\n/);
  server.signal("SIGTERM");
  const { stdout } = await server.ended;
  assertEquals(stdout.split(npx).length - 1, 4);
  assertEquals(stdout.includes("deno task"), false);
  assertNarrow(stdout);
});

Deno.test("where nothing listens, the client says how to start it", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const { code, stderr } = await client({ port }, ["PING"]).ended;
  const start = `deno task lesson3 --port ${port}`;
  assertEquals(code, 1);
  assertEquals(stderr, `nothing listens on 127.0.0.1:${port}; start it with: ${start}\n`);
});

Deno.test("a server that is none of ours gets one line and exit code 1", async () => {
  const cases: [sends: string, says: RegExp][] = [
    ["HTTP/1.1 400 Bad Request\r\n\r\n", /^whatever listens there doesn't speak RESP: .*\n$/],
    ["", /^the server closed the connection and did not reply\n$/],
  ];
  for (const [sends, says] of cases) {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const program = client(listener.addr, ["PING"]);
    const conn = await listener.accept();
    await conn.read(new Uint8Array(64));
    await conn.write(new TextEncoder().encode(sends));
    conn.close();
    const { code, stderr } = await program.ended;
    assertEquals(code, 1);
    assertMatch(stderr, says);
  }
});

Deno.test("a wrong command line gets one line that says what is wrong, and exit code 2", async () => {
  const cases: [args: string[], says: string][] = [
    [[], "which lesson? Such as: deno task client 3"],
    [["9"], `no lesson 9; there are ${NUMBERS.join(", ")}`],
    [["3", "--clients", "8"], "--clients needs a command, such as WHO"],
    [["3", "--clients", "0", "WHO"], "--clients: '0' is not a whole number from 1 to 1000"],
    [["3", "--half-close"], "--half-close needs a command, such as WHO"],
    [["3", "--idle", "PING"], "--idle sends nothing, so it takes no PING"],
    [["3", "--raw", "PING\\q"], "no \\q; there are \\r \\n \\t \\\\ \\xHH"],
    [["3", "--raw", "--idle"], "--raw does not go with --idle"],
    [["3", "--pause", "1", "PING"], "--pause goes with --raw"],
    [["3", "--deaf"], "--deaf needs a command, such as WHO"],
    [["3", "--prot", "9"], "no flag --prot; see: deno task client --help"],
  ];
  await Promise.all(cases.map(async ([args, says]) => {
    const { code, stdout, stderr } = await Program.start(taskArguments("client", args)).ended;
    assertEquals({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `${says}\n` });
  }));
});

Deno.test("--help fits on 80 columns", async () => {
  const { code, stdout } = await Program.start(taskArguments("client", ["--help"])).ended;
  assertEquals(code, 0);
  assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
});
