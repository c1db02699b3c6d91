/** What `deno task lesson1` and the others say, and that they begin and end as they should. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { greeting } from "../lessons/tools/greeting.ts";
import { LESSONS } from "../lessons/tools/lesson_flags.ts";
import { whyNotListening } from "../lessons/tools/network_error.ts";
import { type Ended, LessonServer, Program, ROOT, taskArguments } from "./lesson_process.ts";

/** Windows has no signals to send; there a program is ended from its own terminal. */
const NO_SIGNALS = Deno.build.os === "windows";

function runLesson(lesson: number, flags: readonly string[]): Program {
  return Program.start(taskArguments(`lesson${lesson}` as "lesson1", flags));
}

function assertNarrow(text: string): void {
  assertEquals(text.split("\n").filter((line) => line.length > 80), [], "wider than 80 columns");
}

function assertEndedWell({ code, signal, stderr }: Ended): void {
  assertEquals({ code, signal, stderr }, { code: 0, signal: null, stderr: "" });
}

for (const lesson of LESSONS) {
  Deno.test(`lesson ${lesson} says where it listens, what to type, and what happens`, async () => {
    const server = await LessonServer.start(lesson);
    assertStringIncludes(await server.ask("PING"), "+PONG");
    await server.program.stdout.until(/#1 +close/);
    const ended = await server.stop();
    if (NO_SIGNALS) return;
    assertEndedWell(ended);
    const [first, ...rest] = ended.stdout.split("\n");
    assertEquals(first, `listening on 127.0.0.1:${server.port}`);
    const text = rest.join("\n");
    assertMatch(text, new RegExp(`deno task client ${lesson} --port ${server.port}\n`));
    assertMatch(text, new RegExp(`nc 127.0.0.1 ${server.port}\n`));
    assertMatch(text, new RegExp(`redis-cli -p ${server.port}\n`));
    assertMatch(text, /Then try:\n[^]*\n\n +0\.\d{6} +main +listen +127.0.0.1:\d+\n[^]* accept /);
    assertMatch(text, /\nstopped: 1 connection, 2 commands\n$/);
    assertNarrow(ended.stdout);
    assert(!ended.stdout.includes("\x1b"), "colours without a terminal");
  });
}

Deno.test("what to type has no --port when the port is the lesson's own", () => {
  const addr = { transport: "tcp", hostname: "0.0.0.0", port: 8003 } as const;
  const text = greeting({ number: 3, title: "", tries: [["WHO", ""]] }, addr, "");
  assertMatch(text, /^listening on 0.0.0.0:8003\n/);
  assertStringIncludes(text, "deno task client 3 WHO");
  assertStringIncludes(text, "nc 127.0.0.1 8003");
});

const WRONG: [lesson: number, flags: string[], says: string][] = [
  [1, ["--port", "99999"], "--port: '99999' is not a whole number from 0 to 65535"],
  [1, ["--port", "x"], "--port: 'x' is not a whole number from 0 to 65535"],
  [1, ["--port"], "--port needs a whole number from 0 to 65535"],
  [1, ["--port", "-1"], "--port needs a whole number from 0 to 65535"],
  [4, ["--workers", "0"], "--workers: '0' is not a whole number from 1 to 256"],
  [4, ["--workers", "1.5"], "--workers: '1.5' is not a whole number from 1 to 256"],
  [5, ["--threads", "0"], "--threads: '0' is not a whole number from 1 to 256"],
  [3, ["--workers", "4"], "no flag --workers; see: deno task lesson3 --help"],
  [2, ["--handover", "magic"], "--handover: 'magic' is not one of auto, descriptor, stream"],
  [3, ["--trace", "nice"], "--trace: 'nice' is not one of pretty, json, off"],
  [3, ["--max-connections=0"], "--max-connections: '0' is not a whole number from 1 to 100000"],
  [
    3,
    ["--idle-timeout", "1e9"],
    "--idle-timeout: '1e9' is not a number of seconds from 0 to 86400",
  ],
  [3, ["--frobnicate"], "no flag --frobnicate; see: deno task lesson3 --help"],
  [3, ["9000"], "no argument '9000' is expected; see: deno task lesson3 --help"],
  [
    3,
    ["--port", "9".repeat(99)],
    "--port: '999999999999999…' is not a whole number from 0 to 65535",
  ],
];

Deno.test("a wrong command line gets one line that says what is wrong, and exit code 2", async () => {
  const runs = WRONG.map(async ([lesson, flags, says]) => {
    const { code, stdout, stderr } = await runLesson(lesson, flags).ended;
    assertEquals({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `${says}\n` });
    assertNarrow(stderr);
  });
  await Promise.all(runs);
});

Deno.test("--help explains every flag of the lesson", async () => {
  const { code, stdout, stderr } = await runLesson(4, ["--help"]).ended;
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  const flags = Array.from(stdout.matchAll(/^ {2}--([\w-]+)/gm), (match) => match[1]);
  const every = ["port", "host", "max-connections", "idle-timeout", "trace"];
  assertEquals(flags, [...every, "workers", "exercise", "help"]);
  assertNarrow(stdout);
});

Deno.test("where it cannot listen, a lesson says why in one line, with exit code 1", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const inUse = `port ${port} is in use on 127.0.0.1; try --port 0 for any free port`;
  const cases: [lesson: number, flags: string[], says: string][] = [
    ...LESSONS.map((n) => [n, ["--port", String(port)], inUse] as [number, string[], string]),
    [
      1,
      ["--host", "1.2.3.4"],
      "1.2.3.4 is not allowed by --allow-net in deno.json; try --host 0.0.0.0",
    ],
    [2, ["--host", "x y"], "x y is not an address of this machine; try --host 127.0.0.1"],
  ];
  await Promise.all(cases.map(async ([lesson, flags, says]) => {
    const { code, stdout, stderr } = await runLesson(lesson, flags).ended;
    assertEquals({ code, stdout, stderr }, { code: 1, stdout: "", stderr: `${says}\n` });
  }));
});

Deno.test("without the permission to start processes, lesson 6 says so and does not listen", async () => {
  const permissions = ["--no-prompt", "--allow-net", "--allow-read"];
  const args = ["run", ...permissions, "lessons/6-process-pool/server.ts", "--port", "0"];
  const { code, stdout, stderr } = await Program.start(args).ended;
  assertEquals({ code, stdout }, { code: 1, stdout: "" });
  assertMatch(stderr, /^cannot listen on 127.0.0.1:0: starting processes takes --allow-run=.+\n$/);
});

/** True where a port under 1024 is refused to whoever runs the tests. */
function refusedPrivilegedPort(): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port: 987 }).close();
  } catch (error) {
    return error instanceof Deno.errors.PermissionDenied;
  }
  return false;
}

const PRIVILEGED = "port 987 is for privileged users only; try a port from 1024 up, or --port 0";

Deno.test({
  name: "a privileged port gets one line and exit code 1",
  ignore: !refusedPrivilegedPort(),
  async fn() {
    for (const lesson of [1, 2]) {
      const { code, stderr } = await runLesson(lesson, ["--port", "987"]).ended;
      assertEquals({ code, stderr }, { code: 1, stderr: `${PRIVILEGED}\n` });
    }
  },
});

Deno.test("reasons not to listen are told from bugs", () => {
  const why = (error: Error) => whyNotListening(error, "127.0.0.1", 987);
  assertEquals(why(new Deno.errors.PermissionDenied("os error 13")), PRIVILEGED);
  assertEquals(
    why(new Deno.errors.AddrNotAvailable("os error 99")),
    "127.0.0.1 is not an address of this machine; try --host 127.0.0.1",
  );
  assertEquals(
    why(new Error("not on this platform")),
    "cannot listen on 127.0.0.1:987: not on this platform",
  );
  assertEquals(why(new TypeError("x is undefined")), undefined);
});

Deno.test("an address that others can reach gets one warning", async () => {
  const server = await LessonServer.start(3, ["--host", "0.0.0.0", "--trace", "off"]);
  const [line] = await server.program.stderr.until(/.*\n/);
  assertStringIncludes(line, "warning: other machines can connect");
  assertStringIncludes(await server.ask("PING"), "+PONG");
  await server.stop();
  assertEquals(server.program.stderr.text, line);
});

Deno.test("flags reach the model", async () => {
  const quiet = ["--trace", "off"];
  const [capped, hurried, pooled, streamed] = await Promise.all([
    LessonServer.start(3, ["--max-connections", "1", ...quiet]),
    LessonServer.start(3, ["--idle-timeout", "0.05", ...quiet]),
    LessonServer.start(4, ["--workers=2", ...quiet]),
    LessonServer.start(2, ["--handover", "stream", ...quiet]),
  ]);
  const first = await capped.talk("");
  assertStringIncludes(await capped.ask("PING"), "-ERR max number of clients reached");
  first.close();
  assertEquals(await (await hurried.talk("")).received, "");
  assertMatch(await pooled.ask("INFO"), /workers:2\r\n/);
  assertStringIncludes(await streamed.ask("WHO"), "thread-1");
  await Promise.all([capped, hurried, pooled, streamed].map((server) => server.stop()));
});

Deno.test("--trace off prints nothing after what to type", async () => {
  const server = await LessonServer.start(3, ["--trace", "off"]);
  await server.ask("PING");
  await server.stop();
  assertMatch(server.program.stdout.text, /^listening on [^]*Then try:\n( .*\n)+\n$/);
});

Deno.test("a reader that goes away (`| head -1`) ends only the reading", async () => {
  const [command, ...flags] = taskArguments("lesson3", ["--port", "0"]);
  const child = new Deno.Command(Deno.execPath(), {
    args: [command, ...flags],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  const port = Number(/listening on \S+:(\d+)/.exec(new TextDecoder().decode(value))?.[1]);
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  for (let i = 0; i < 3; i++) {
    await conn.write(new TextEncoder().encode("PING\r\n"));
    assertEquals(await conn.read(new Uint8Array(16)), 7);
  }
  conn.close();
  child.kill("SIGTERM");
  const [{ code }, errors] = await Promise.all([child.status, new Response(child.stderr).text()]);
  if (!NO_SIGNALS) assertEquals({ code, errors }, { code: 0, errors: "" });
});
