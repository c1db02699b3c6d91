/** Every command, however it is written, gets the reply of the protocol, to the byte. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { Business } from "../../models/parts/protocol/business.ts";
import { SharedState } from "../../models/parts/server/shared_state.ts";
import { within } from "../of_parts/helpers.ts";
import { askForText, infoOf } from "./info.ts";
import { onSharedServers } from "./tests.ts";
import { ask, bulk, connect, expectEnd } from "./wire.ts";

const testEach = onSharedServers();

const NOBODY = { thread: "", model: "", sizes: {} };
const COMMANDS = new Business(NOBODY, new SharedState()).commands;

const REPLIES: readonly [words: string[], reply: string][] = [
  [["PING"], "+PONG\r\n"],
  [["PING", "hello"], "$5\r\nhello\r\n"],
  [["ECHO", "hello"], "$5\r\nhello\r\n"],
  [["SLEEP", "0"], "+OK\r\n"],
  [["SLEEP", "3"], "+OK\r\n"],
  [["FIB", "0"], ":0\r\n"],
  [["FIB", "1"], ":1\r\n"],
  [["FIB", "20"], ":6765\r\n"],
];

testEach("each command, inline and as an array, gets its reply", async (server) => {
  using conn = await connect(server);
  for (const [words, reply] of REPLIES) {
    for (const name of [words[0], words[0].toLowerCase(), mixedCase(words[0])]) {
      const line = [name, ...words.slice(1)].join(" ");
      await ask(conn, `${line}\r\n`, reply);
      await ask(conn, `${line}\n`, reply);
      await ask(conn, encodeRequest(name, ...words.slice(1)), reply);
    }
  }
});

testEach(
  "each command of the business has one reply, which the client can read",
  async (server, t) => {
    for (const [name, { words: [least] }] of COMMANDS) {
      const client = await t.connect(server, name);
      const words = [name, ...Array(least - 1).fill("1")];
      const reply = await within(client.ask(...words), `the reply to ${name}`);
      assert(!reply.startsWith("-"), `${name}: ${reply}`);
      const next = client.ask("PING", "next").catch(() => "closed");
      const expected = name === "QUIT" ? "closed" : "next";
      assertEquals(await within(next, `what comes after ${name}`), expected, name);
      client.close();
    }
  },
);

/** `SLEEP` becomes `SlEeP`. */
function mixedCase(name: string): string {
  return name.replace(/./g, (letter, at) => at % 2 === 0 ? letter : letter.toLowerCase());
}

testEach("empty lines and empty arrays ask for nothing", async (server) => {
  using conn = await connect(server);
  await ask(conn, "\r\n\n*0\r\n  \r\n*-1\r\n\t\nECHO first\r\n", bulk("first"));
  await ask(conn, "\r\n*0\r\nECHO second\r\n\r\n*0\r\n", bulk("second"));
  await ask(conn, "PING\r\n", "+PONG\r\n");
});

testEach("an inline request may have quotes and blanks", async (server) => {
  using conn = await connect(server);
  await ask(conn, `ECHO "two words"\r\n`, bulk("two words"));
  await ask(conn, `ECHO 'it\\'s'\r\n`, bulk("it's"));
  await ask(conn, `ECHO ""\r\n`, bulk(""));
  await ask(conn, `ECHO "\\x00\\xff\\r\\n\\"\\\\"\r\n`, bulk(bytesOf(0, 255, 13, 10, 34, 92)));
  await ask(conn, `  ECHO \t  x  \r\n`, bulk("x"));
  await ask(conn, `"PING" "a"\r\n`, bulk("a"));
});

function bytesOf(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}

testEach("QUIT is answered, then the connection closed", async (server) => {
  for (const quit of ["QUIT\r\n", "quit\n", encodeRequest("QUIT")]) {
    using conn = await connect(server);
    await ask(conn, "PING\r\n", "+PONG\r\n");
    await ask(conn, quit, "+OK\r\n");
    await expectEnd(conn, "QUIT");
  }
});

testEach("what comes behind QUIT is not answered, nor is its business done", async (server) => {
  const commands = async () => {
    using conn = await connect(server);
    return Number((await infoOf(conn)).total_commands);
  };
  const before = await commands();
  using conn = await connect(server);
  await ask(conn, "ECHO a\r\nQUIT\r\nECHO b\r\nFIB x\r\n", "$1\r\na\r\n+OK\r\n");
  await expectEnd(conn, "QUIT");
  conn.close();
  assertEquals(await commands() - before, 3, "ECHO, QUIT and the second INFO");
});

testEach("WHO names the thread that does the business", async (server, _t, subject) => {
  using conn = await connect(server);
  const names: string[] = [];
  for (const request of ["WHO\r\n", "who\n", encodeRequest("WHO"), encodeRequest("who")]) {
    names.push(await askForText(conn, request));
  }
  for (const name of names) assertMatch(name, subject.who);
  const keepsThread = subject.model === 2 || subject.model === 5;
  if (keepsThread) assertEquals(new Set(names).size, 1, "a connection keeps its thread");
  if (subject.model === 2) {
    using other = await connect(server);
    const otherName = await askForText(other, "WHO\r\n");
    assert(!names.includes(otherName), `two connections were served by ${otherName}`);
  }
});
