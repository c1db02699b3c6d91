/** `deno task client` without a protocol, and one that never reads. */
import { assertEquals, assertMatch } from "@std/assert";
import { client, withServer } from "./client_kit.ts";

Deno.test("--raw sends bytes in pieces, half-closes, and shows what comes until the end", async () => {
  const end = "the server closed the connection\n";
  const cases: [words: string[], stdout: string][] = [
    [["PI", String.raw`NG\r\nQUIT\r\n`, "--half-close"], "+PONG\\r\\n\n+OK\\r\\n\n"],
    [["--half-close", String.raw`ECHO "\\x00"\x0d\n`], "$1\\r\\n\n\\x00\\r\\n\n"],
    [["--half-close", "PING"], "-ERR Protocol error: unexpected end of request\\r\\n\n"],
    [[], "+PONG\\r\\n\n"],
  ];
  await withServer(["--trace", "off"], async (server) => {
    await Promise.all(cases.map(async ([words, stdout]) => {
      const args = ["--raw", "--pause", "1", ...words.filter((word) => word.startsWith("--"))];
      const pieces = words.filter((word) => !word.startsWith("--"));
      const program = client(server, [...args, ...pieces], "piped");
      const writer = program.stdin.getWriter();
      await writer.write(new TextEncoder().encode("PING\\r\\n\n"));
      await writer.close();
      const ended = await program.ended;
      // Two replies may come in one read or in two.
      assertEquals(ended, { code: 0, signal: null, stdout: stdout + end, stderr: "" });
    }));
  });
});

Deno.test("--deaf asks and never reads, and says where the server takes no more", async () => {
  await withServer(["--trace", "off"], async (server) => {
    const program = client(server, ["--deaf", "ECHO", "x".repeat(1000)]);
    await program.stdout.until(/^client 1 sent \d{5,} bytes, and no more are taken\n/m);
    assertEquals(await server.ask("PING"), "+PONG\r\n+OK\r\n", "model 3 serves the next one");
    await server.stop();
    const { code, stdout } = await program.ended;
    assertEquals(code, 0);
    assertMatch(stdout, /\nclient 1 was closed by the server\n$/);
  });
});
