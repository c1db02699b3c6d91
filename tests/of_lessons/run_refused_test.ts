/** What a lesson's server says that is started wrongly, or where it cannot listen: one line each. */
import { assertEquals, assertMatch } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { whyNotListening } from "../../lessons/tools/network_error.ts";
import { assertNarrow, LessonServer, runLesson } from "./lesson_process.ts";
import { Program } from "./program.ts";

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
  [3, ["--trace", "nice"], "--trace: 'nice' is not one of pretty, quiet, json, off"],
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

Deno.test("where it cannot listen, a lesson says why in one line, with exit code 1", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  // Nobody accepts there, as in a server that is stopped.
  const inUse =
    `port ${port} is in use on 127.0.0.1, and nobody answers there: is it a server of ` +
    "yours, stopped or busy? In its terminal type fg, then Ctrl-C; or take --port 0";
  const cases: [lesson: number, flags: string[], says: string][] = [
    ...NUMBERS.map((n) => [n, ["--port", String(port)], inUse] as [number, string[], string]),
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

Deno.test("where an earlier server has the port, a lesson says which one that is", async () => {
  const server = await LessonServer.start(3, ["--trace", "off"]);
  const { code, stderr } = await runLesson(3, ["--port", `${server.port}`]).ended;
  await server.stop();
  assertEquals(code, 1);
  assertMatch(stderr, /, by a server of the lessons \(io-multiplexing, process \d+\), .*\n$/);
});

Deno.test("where another program has the port, a lesson says so", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const program = runLesson(1, ["--port", `${taken.addr.port}`]);
  const conn = await taken.accept();
  await conn.write(new TextEncoder().encode("220 mail\x1b[2J\r\n"));
  conn.close();
  const { stderr } = await program.ended;
  assertMatch(stderr, /, by another program; try --port 0 for any free port\n$/);
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

const allowed = refusedPrivilegedPort() ? "" : " (skipped: this user may have such a port)";
Deno.test({
  name: `a privileged port gets one line and exit code 1${allowed}`,
  ignore: allowed !== "",
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
