/** Requests and packets are two things: many requests in one packet, and one in many, are normal. */
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { nextTurn, randomNumbers, send } from "../of_parts/helpers.ts";
import { concurrentSubjects } from "./subjects.ts";
import { onSharedServers } from "./tests.ts";
import { ask, bulk, connect, expectReply, joined, randomSeed } from "./wire.ts";

const testEach = onSharedServers();
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, value) => value);

/** Requests of every kind with their replies. */
function script(count: number, random: (below: number) => number) {
  const requests: Uint8Array[] = [], replies: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const kinds: [string | Uint8Array, string | Uint8Array][] = [
      ["PING\r\n", "+PONG\r\n"],
      ["\r\n*0\r\nping\n", "+PONG\r\n"],
      [`ECHO "number ${i}"\r\n`, bulk(`number ${i}`)],
      [encodeRequest("ECHO", `number ${i}\r\n`), bulk(`number ${i}\r\n`)],
      [encodeRequest("PING", EVERY_BYTE), bulk(EVERY_BYTE)],
      [encodeRequest("FIB", `${i % 10}`), `:${[0, 1, 1, 2, 3, 5, 8, 13, 21, 34][i % 10]}\r\n`],
      [`no-${i}\r\n`, `-ERR unknown command 'no-${i}'\r\n`],
    ];
    const [request, reply] = kinds[random(kinds.length)];
    requests.push(joined(request));
    replies.push(joined(reply));
  }
  return { sent: joined(...requests), wanted: joined(...replies) };
}

testEach("hundreds of requests in one packet are answered in order", async (server) => {
  using conn = await connect(server);
  const numbers = Array.from({ length: 600 }, (_, i) => `${i}`);
  const sent = joined(
    ...numbers.map((i) => joined(`PING ${i}\r\n`, encodeRequest("ECHO", `echo ${i}`))),
  );
  const wanted = joined(...numbers.map((i) => joined(bulk(i), bulk(`echo ${i}`))));
  await ask(conn, sent, wanted);
});

testEach("a request cut into single bytes is answered once", async (server) => {
  using conn = await connect(server);
  for (
    const request of [`ECHO "a b"\r\n`, encodeRequest("ECHO", "a b"), "\r\n*0\r\nECHO 'a b'\n"]
  ) {
    for (const byte of joined(request)) {
      await send(conn, Uint8Array.of(byte));
      await nextTurn();
    }
    await expectReply(conn, bulk("a b"), "a request in single bytes");
  }
  await ask(conn, "PING\r\n", "+PONG\r\n");
});

testEach("requests cut at random places are answered in order", async (server) => {
  const seed = randomSeed();
  const random = randomNumbers(seed);
  const { sent, wanted } = script(150, random);
  using conn = await connect(server);
  const reading = expectReply(conn, wanted, `requests cut at random, SEED=${seed}`);
  // Not a rejection that nobody handles, when the sending fails first.
  reading.catch(() => {});
  for (let at = 0; at < sent.length;) {
    const end = at + 1 + random(random(2) === 0 ? 8 : 400);
    await send(conn, sent.subarray(at, end));
    if (random(4) === 0) await nextTurn();
    at = end;
  }
  await reading;
});

testEach("a slow request does not lose its place", async (server) => {
  using conn = await connect(server);
  const rest = "+OK\r\n$1\r\na\r\n:55\r\n+OK\r\n+PONG\r\n";
  await ask(conn, "SLEEP 30\r\nECHO a\r\nFIB 10\r\nSLEEP 5\r\nPING\r\n", rest);
  for (const request of ["SLEEP 30\r\n", "ECHO a\r\n", "FIB 10\r\n", "SLEEP 5\r\n", "PING\r\n"]) {
    await send(conn, request);
    await nextTurn();
  }
  await expectReply(conn, rest, "five requests in five packets");
});

testEach(
  "two clients that send at once each get their own replies",
  async (server) => {
    using first = await connect(server);
    using second = await connect(server);
    const asked = async (conn: Deno.Conn, name: string) => {
      for (let i = 0; i < 20; i++) {
        await ask(
          conn,
          `SLEEP 1\r\nECHO ${name}-${i}\r\n`,
          joined("+OK\r\n", bulk(`${name}-${i}`)),
        );
      }
    };
    await Promise.all([asked(first, "first"), asked(second, "second")]);
  },
  concurrentSubjects,
);
