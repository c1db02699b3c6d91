/** `deno task client`: commands, the prompt, many clients and idle ones; what is printed, and exit codes. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertPrints, client, withServer } from "./client_kit.ts";

Deno.test("one command prints its reply; an error reply is exit code 1", async () => {
  const cases: [words: string[], stdout: string, code: number][] = [
    [["PING"], "PONG\n", 0],
    [["ECHO", "two words"], "two words\n", 0],
    [["ECHO", "007"], "007\n", 0],
    [["ECHO", "--idle"], "--idle\n", 0],
    [["ECHO", "多路\x1b[2J"], "多路\\x1b[2J\n", 0],
    [["FIB", "10"], "(integer) 55\n", 0],
    [["WHO"], "main\n", 0],
    [["--half-close", "ECHO", "hi"], "hi\n", 0],
    [["NONSENSE"], "(error) ERR unknown command 'NONSENSE'\n", 1],
  ];
  await withServer(["--trace", "off"], async (server) => {
    await Promise.all(
      cases.map(([words, stdout, code]) => assertPrints(client(server, words), { code, stdout })),
    );
    const timed = await client(server, ["--time", "INFO"]).ended;
    assertMatch(timed.stdout, /^model:io-multiplexing\n[^]*\n\(\d+(\.\d)? ms\)\n$/);
    const slow = await client(server, ["SLEEP", "60", "--time"]).ended;
    assertStringIncludes(slow.stdout, "wrong number of arguments", "flags end at the command");
  });
});

Deno.test("the prompt sends each line of a pipe, with quotes, until QUIT", async () => {
  await withServer(["--trace", "off"], async (server) => {
    const program = client(server, [], "piped");
    const writer = program.stdin.getWriter();
    const lines = ["PING", "", 'ECHO "a b\\x00"', "ECHO 'a", "FIB x", "quit", "PING"];
    await writer.write(new TextEncoder().encode(lines.join("\r\n")));
    await writer.close();
    await assertPrints(program, {
      code: 0,
      stdout: "PONG\na b\\x00\n" +
        "a quote is not closed, or no blank follows it; nothing was sent\n" +
        "(error) ERR value is not an integer or out of range\nOK\n",
    });
  });
});

Deno.test("the prompt ends when its input ends, and when the server goes away", async () => {
  await withServer(["--trace", "off"], async (server) => {
    const program = client(server, [], "piped");
    const writer = program.stdin.getWriter();
    await writer.write(new TextEncoder().encode("PING"));
    await writer.close();
    await assertPrints(program, { code: 0, stdout: "PONG\n" });

    const left = client(server, [], "piped");
    const open = left.stdin.getWriter();
    await open.write(new TextEncoder().encode("PING\n"));
    await left.stdout.until(/PONG/);
    await server.stop();
    const { code, stderr } = await left.ended;
    assertEquals({ code, stderr }, { code: 1, stderr: "the server closed the connection\n" });
    await open.abort().catch(() => {});
  });
});

Deno.test("--clients sends the same on many connections, and prints who got what", async () => {
  await withServer(["--trace", "off"], async (server) => {
    const { code, stdout } = await client(server, ["--clients", "3", "WHO"]).ended;
    assertEquals(code, 0);
    assertEquals(stdout.split("\n").toSorted(), [
      "",
      "3 replies",
      "client 1  main",
      "client 2  main",
      "client 3  main",
    ]);
    const timed = await client(server, ["--clients", "2", "--time", "SLEEP", "10"]).ended;
    const lines = timed.stdout.split("\n");
    for (const line of lines.slice(0, 2)) assertMatch(line, /^client [12] +OK +\([\d.]+ ms\)$/);
    assertMatch(lines[2], /^2 replies in \d+ ms; one alone takes 10 ms$/);
  });
});

Deno.test("--clients shows who was refused, with exit code 1", async () => {
  await withServer(["--trace", "off", "--max-connections", "1"], async (server) => {
    const first = await server.talk("");
    const { code, stdout } = await client(server, ["--clients", "2", "PING"]).ended;
    assertEquals(code, 1);
    assertEquals(stdout.match(/\(error\) ERR max number of clients reached\n/g)?.length, 2);
    first.close();
  });
});

Deno.test("--idle holds connections until the server closes them", async () => {
  await withServer(["--trace", "off", "--idle-timeout", "0.05"], async (server) => {
    await assertPrints(client(server, ["--idle"]), {
      code: 0,
      stdout: "holding 1 connection, sending nothing; Ctrl-C ends it\n" +
        "connection 1 was closed by the server\n",
    });
  });
});
