/** Wrong requests: the exact error, and what becomes of the connection. */
import { assertMatch } from "@std/assert";
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { randomNumbers, receiveAll, send, text } from "../of_parts/helpers.ts";
import { onSharedServers } from "./tests.ts";
import { ask, bulk, connect, expectEnd, expectReply, joined, randomSeed } from "./wire.ts";

const testEach = onSharedServers();

const RANGE = "-ERR value is not an integer or out of range\r\n";

testEach("an unknown command gets an error, and the next is served", async (server) => {
  using conn = await connect(server);
  await ask(conn, "NoSuch\r\n", "-ERR unknown command 'NoSuch'\r\n");
  await ask(conn, encodeRequest("GET", "key"), "-ERR unknown command 'GET'\r\n");
  await ask(conn, encodeRequest(""), "-ERR unknown command ''\r\n");
  await ask(conn, encodeRequest("a\r\nb\0"), "-ERR unknown command 'a  b '\r\n");
  await ask(
    conn,
    "PINGS\r\nPIN\r\n",
    "-ERR unknown command 'PINGS'\r\n-ERR unknown command 'PIN'\r\n",
  );
  await ask(conn, "PING\r\n", "+PONG\r\n");
});

const WRONG_COUNTS = [
  ["PING", "a", "b"],
  ["ECHO"],
  ["ECHO", "a", "b"],
  ["SLEEP"],
  ["SLEEP", "0", "0"],
  ["FIB"],
  ["FIB", "1", "2"],
  ["WHO", "x"],
  ["INFO", "a", "b"],
  ["QUIT", "now"],
];

testEach("a wrong number of arguments gets an error", async (server) => {
  using conn = await connect(server);
  for (const words of WRONG_COUNTS) {
    const error = `-ERR wrong number of arguments for '${words[0].toLowerCase()}' command\r\n`;
    await ask(conn, `${words.join(" ")}\r\n`, error);
    await ask(conn, encodeRequest(...words), error);
    await ask(conn, "PING\r\n", "+PONG\r\n");
  }
});

const OUT_OF_RANGE = {
  SLEEP: ["-1", "x", "60001", "1.5", "", " 1", "1 ", "+1", "01", "1e1", "0x1", "4294967296", "-0"],
  FIB: ["-1", "46", "1000", "x", "", "1.0", "99999999999999999999", "१"],
};

testEach("an argument that is no number in its bounds gets an error", async (server) => {
  using conn = await connect(server);
  for (const [name, values] of Object.entries(OUT_OF_RANGE)) {
    for (const value of values) {
      await ask(conn, `${name} "${value}"\r\n`, RANGE);
      await ask(conn, encodeRequest(name, value), RANGE);
    }
  }
  await ask(conn, "PING\r\n", "+PONG\r\n");
});

const TOO_BIG_LINE = "Protocol error: too big inline request";
const BULK_LENGTH = "Protocol error: invalid bulk length";
const UNEXPECTED_END = "Protocol error: unexpected end of request";

/** What cannot be understood, the error that tells so, and whether it takes the client's end. */
const BROKEN: readonly { sent: string | Uint8Array; error: string; end?: boolean }[] = [
  { sent: "x".repeat(70 * 1024), error: TOO_BIG_LINE },
  { sent: `ECHO ${"x".repeat(64 * 1024 - 4)}\r\n`, error: TOO_BIG_LINE },
  { sent: "*2\r\n$4\r\nECHO\r\n$999999999\r\n", error: BULK_LENGTH },
  { sent: "*2\r\n$4\r\nECHO\r\n$-5\r\n", error: BULK_LENGTH },
  { sent: `*2\r\n$4\r\nECHO\r\n$${512 * 1024 + 1}\r\n`, error: BULK_LENGTH },
  { sent: "*2\r\n$4\r\nECHO\r\n:5\r\n", error: "Protocol error: expected '$', got ':'" },
  { sent: "*x\r\n", error: "Protocol error: invalid multibulk length" },
  { sent: "*999999999\r\n", error: "Protocol error: invalid multibulk length" },
  { sent: 'ECHO "a\r\n', error: "Protocol error: unbalanced quotes in request" },
  { sent: "*1\r\n$3\r\nab", error: UNEXPECTED_END, end: true },
  { sent: "*1\r\n$3\r\nWHO\r", error: UNEXPECTED_END, end: true },
  { sent: "PIN", error: UNEXPECTED_END, end: true },
];

testEach(
  "what cannot be a request gets an error, then the connection is closed",
  async (server) => {
    for (const { sent, error, end } of BROKEN) {
      using conn = await connect(server);
      // The request before it is answered as ever.
      await send(conn, joined("ECHO before\r\n", sent));
      if (end) await conn.closeWrite();
      await expectReply(conn, joined(bulk("before"), `-ERR ${error}\r\n`), error);
      await expectEnd(conn, error);
    }
  },
);

testEach("binary junk gets errors and an end, and the next client is served", async (server) => {
  const seed = randomSeed();
  const random = randomNumbers(seed);
  using conn = await connect(server);
  await send(conn, Uint8Array.from({ length: 20_000 }, () => random(256)));
  await conn.closeWrite();
  assertMatch(text(await receiveAll(conn)), /^(-ERR [^\r\n]+\r\n)+$/, `SEED=${seed}`);
  conn.close();
  using next = await connect(server);
  await ask(next, "PING\r\n", "+PONG\r\n");
});

testEach("the longest line and the longest bulk string are served", async (server) => {
  using conn = await connect(server);
  const word = "x".repeat(64 * 1024 - "ECHO ".length);
  await ask(conn, `ECHO ${word}\r\n`, bulk(word));
  const content = "y".repeat(512 * 1024);
  await ask(conn, encodeRequest("ECHO", content), bulk(content));
});

testEach("the last reply arrives although the client sends on, and reads later", async (server) => {
  const endings = {
    "*x\r\n": "-ERR Protocol error: invalid multibulk length\r\n",
    "QUIT\r\n": "+OK\r\n",
  };
  for (const [ending, reply] of Object.entries(endings)) {
    using conn = await connect(server);
    // A server that closes with some of it unread resets the connection: then the sending fails, and
    // the reset can overtake the reply.
    await send(conn, joined(ending, new Uint8Array(5_000_000)));
    await expectReply(conn, reply, `${ending.trim()} and 5 MB behind it`);
    await expectEnd(conn, `${ending.trim()} and 5 MB behind it`);
  }
});
