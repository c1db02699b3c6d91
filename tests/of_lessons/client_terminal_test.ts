/** The client's prompt as somebody types at it: `script` of util-linux makes the terminal. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { LessonServer, taskArguments } from "./lesson_process.ts";
import { CTRL_C, CTRL_D, HAS_SCRIPT, inTerminal, WHY } from "./terminal.ts";

const UP = "\x1b[A", LEFT = "\x1b[D";

/** The client in a terminal: `keys` are typed one after the other, each when the prompt is back. */
async function typeAt(port: number, keys: readonly string[], flags: readonly string[] = []) {
  // The prompt, with the cursor behind it, and nothing typed yet.
  const ready = `${port}> \x1b[${`${port}> `.length + 1}G`;
  const words = taskArguments("client", ["3", "--port", `${port}`, ...flags]);
  const { code, text } = await inTerminal(words, keys.map((one) => [ready, one]));
  return { code, lines: text.split(/\r*\n/) };
}

async function withServer(body: (port: number) => Promise<void>): Promise<void> {
  const server = await LessonServer.start(3, ["--trace", "off"]);
  try {
    await body(server.port);
  } finally {
    await server.stop();
  }
}

const options = { ignore: !HAS_SCRIPT };

Deno.test(`arrow keys edit a line and bring back earlier ones${WHY}`, options, async () => {
  await withServer(async (port) => {
    const keys = ["ECHO one\r", `ECHO to${LEFT}w\r`, `${UP}${UP}\r`, CTRL_D];
    const { code, lines } = await typeAt(port, keys);
    assertEquals(code, 0);
    const replies = lines.map((line) => /^(\w+) {2}\(.* ms\)$/.exec(line)?.[1]).filter(Boolean);
    assertEquals(replies, ["one", "two", "one"]);
    assertStringIncludes(lines[0], `connected to 127.0.0.1:${port} from 127.0.0.1:`);
  });
});

Deno.test(`Ctrl-C ends the client while a reply is waited for${WHY}`, options, async () => {
  await withServer(async (port) => {
    const { code } = await typeAt(port, [`SLEEP 60000\r${CTRL_C}`]);
    assertEquals(code, 130);
  });
});

Deno.test(
  `--raw at the prompt: Ctrl-D half-closes, and replies still come${WHY}`,
  options,
  async () => {
    await withServer(async (port) => {
      const keys = [`SLEEP 100\\r\\n\r${CTRL_D}`];
      const { code, lines } = await typeAt(port, keys, ["--raw"]);
      assertEquals(code, 0);
      assertEquals(lines.slice(-3), ["+OK\\r\\n", "the server closed the connection", ""]);
    });
  },
);
