/** `deno task client`: what it prints, and with which exit code it ends. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { LESSONS } from "../lessons/tools/lesson_flags.ts";
import { LessonServer, Program, taskArguments } from "./lesson_process.ts";

/** The client, with the lesson and the port of a server. */
function client(server: { port: number }, args: string[], stdin: "null" | "piped" = "null") {
  const all = ["3", "--port", String(server.port), ...args];
  return Program.start(taskArguments("client", all), stdin);
}

async function assertPrints(program: Program, expected: { code: number; stdout: string }) {
  const { code, stdout, stderr } = await program.ended;
  assertEquals({ code, stdout, stderr }, { ...expected, stderr: "" });
}

/** Runs the body with a server, which is ended afterwards. */
async function withServer(flags: string[], body: (server: LessonServer) => Promise<void>) {
  const server = await LessonServer.start(3, flags);
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

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
    [["9"], `no lesson 9; there are ${LESSONS.join(", ")}`],
    [["3", "--clients", "8"], "--clients needs a command, such as WHO"],
    [["3", "--clients", "0", "WHO"], "--clients: '0' is not a whole number from 1 to 1000"],
    [["3", "--half-close"], "--half-close needs a command, such as WHO"],
    [["3", "--idle", "PING"], "--idle sends nothing, so it takes no PING"],
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
