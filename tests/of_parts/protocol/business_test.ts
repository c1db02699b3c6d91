/** Business: what each command answers. The texts of errors are those of redis-server 7.0. */
import { assert, assertEquals } from "@std/assert";
import { Business } from "../../../models/parts/protocol/business.ts";
import { bulkText, type Reply } from "../../../models/parts/protocol/protocol.ts";
import { SharedState } from "../../../models/parts/server/shared_state.ts";
import { bytes, text } from "../helpers.ts";

const OUT_OF_RANGE = "-ERR value is not an integer or out of range\r\n";

function newBusiness(shared = new SharedState()): Business {
  return new Business({ thread: "worker-2", model: "test", sizes: { workers: 3 } }, shared);
}

function replyTo(words: string[], business = newBusiness()): Reply {
  return business.run({ name: words[0].toUpperCase(), words: words.map(bytes) }, 1);
}

function answer(...words: string[]): string {
  return text(replyTo(words).bytes);
}

Deno.test("Business: PING, ECHO, WHO and FIB answer", () => {
  assertEquals(answer("PING"), "+PONG\r\n");
  assertEquals(answer("ping", "a b"), "$3\r\na b\r\n");
  assertEquals(answer("ECHO", ""), "$0\r\n\r\n");
  assertEquals(answer("WHO"), "$8\r\nworker-2\r\n");
  assertEquals(["0", "1", "2", "15", "20"].map((n) => answer("FIB", n)), [
    ":0\r\n",
    ":1\r\n",
    ":1\r\n",
    ":610\r\n",
    ":6765\r\n",
  ]);
});

Deno.test("Business: ECHO gives back any bytes", () => {
  const content = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const reply = newBusiness().run({ name: "ECHO", words: [bytes("ECHO"), content] }, 1);
  assertEquals(reply.bytes.subarray(6, 6 + 256), content);
});

Deno.test("Business: QUIT is answered, and its reply is the last; others are not", () => {
  assertEquals(replyTo(["QUIT"]), { bytes: bytes("+OK\r\n"), last: true });
  assert(!replyTo(["PING"]).last);
  assert(!replyTo(["SLEEP", "0"]).last);
});

Deno.test("Business: what only a browser says ends the connection without a word", () => {
  for (const words of [["POST", "/", "HTTP/1.1"], ["Host:", "127.0.0.1:8001"], ["post"]]) {
    assertEquals(replyTo(words), { bytes: bytes(""), last: true });
  }
});

Deno.test("Business: an unknown command is named, at most 128 bytes of it, on one line", () => {
  assertEquals(answer("Foo", "bar"), "-ERR unknown command 'Foo'\r\n");
  assertEquals(answer("a\r\nb"), "-ERR unknown command 'a  b'\r\n");
  assertEquals(answer(""), "-ERR unknown command ''\r\n");
  assertEquals(answer("x".repeat(500)), `-ERR unknown command '${"x".repeat(128)}'\r\n`);
});

Deno.test("Business: a wrong number of arguments is an error", () => {
  for (const name of ["echo", "sleep", "fib"]) {
    const wrong = `-ERR wrong number of arguments for '${name}' command\r\n`;
    assertEquals(answer(name.toUpperCase()), wrong);
    assertEquals(answer(name, "1", "2"), wrong);
  }
  assertEquals(answer("WHO", "x"), "-ERR wrong number of arguments for 'who' command\r\n");
  assertEquals(answer("PING", "x", "y"), "-ERR wrong number of arguments for 'ping' command\r\n");
});

Deno.test("Business: SLEEP and FIB take whole numbers within their bounds only", () => {
  for (const word of ["", "x", "-1", "1.5", "1e1", " 1", "01", "+1", "60001", "9".repeat(99)]) {
    assertEquals(answer("SLEEP", word), OUT_OF_RANGE, word);
  }
  assertEquals(answer("FIB", "46"), OUT_OF_RANGE);
  assertEquals(answer("SLEEP", "0"), "+OK\r\n");
});

Deno.test("Business: the longest SLEEP and FIB let go when the server stops", () => {
  const shared = new SharedState();
  shared.stop();
  const business = newBusiness(shared);
  assertEquals(text(replyTo(["SLEEP", "60000"], business).bytes), "+OK\r\n");
  const stopped = text(replyTo(["FIB", "45"], business).bytes);
  assertEquals(stopped, "-ERR server is shutting down\r\n");
});

Deno.test("Business: INFO shows the model, its sizes and the counters", () => {
  const shared = new SharedState();
  const business = newBusiness(shared);
  shared.threadStarted();
  shared.connectionOpened();
  replyTo(["NONSENSE"], business);
  const info = [
    "model:test",
    `pid:${Deno.pid}`,
    "threads:1",
    "connected_clients:1",
    "total_connections:1",
    "total_commands:2",
    "workers:3",
    "",
  ].join("\r\n");
  assertEquals(text(replyTo(["INFO"], business).bytes), text(bulkText(info).bytes));
});

Deno.test("Business: what goes wrong inside is an error reply, and nothing is thrown", () => {
  const shared = new SharedState();
  shared.sleep = () => {
    throw new Error("made to fail by the test");
  };
  const report = console.error;
  console.error = () => {};
  try {
    assertEquals(
      text(replyTo(["SLEEP", "1"], newBusiness(shared)).bytes),
      "-ERR internal error\r\n",
    );
  } finally {
    console.error = report;
  }
});

Deno.test("Business: the trace tells the start, before, and the finish, after", () => {
  const seen: string[] = [];
  const shared = new SharedState();
  const trace = (event: string, connection: number, detail?: string) =>
    void seen.push(`${event} ${connection} ${detail} ${shared.counters.total_commands}`);
  const owner = { thread: "main", model: "test", sizes: {} };
  replyTo(["echo", "a"], new Business(owner, shared, trace));
  assertEquals(seen, ["start 1 echo a 0", "finish 1 ECHO 1"]);
});
