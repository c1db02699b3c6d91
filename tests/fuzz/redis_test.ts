/** The protocol against redis-server's: the same, but for the rows of one table. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { bytes } from "../of_parts/helpers.ts";
import { DIFFERENCES } from "./differences.ts";
import { compareWithRedis } from "./differential.ts";
import { redisExists, RedisServer } from "./redis_server.ts";
import { seedOf, settings } from "./run.ts";
import { commonStream } from "./streams.ts";

const CASES = 1500;
const PAGE = new URL("../../lessons/protocol.md", import.meta.url);

function test(title: string, body: (redis: RedisServer) => Promise<void>): void {
  const reason = redisExists ? "" : " (not run: there is no redis-server here)";
  Deno.test({
    name: `${title}${reason}`,
    ignore: !redisExists,
    async fn() {
      const redis = await RedisServer.start();
      try {
        await body(redis);
      } finally {
        await redis.stop();
      }
    },
  });
}

test("any bytes that Redis's commands may be get redis-server's replies, but for the table", async (redis) => {
  const property = fc.asyncProperty(commonStream(), async (sent) => {
    fc.pre(await compareWithRedis(redis, sent) !== undefined);
  });
  const asUnknown = property as fc.IAsyncProperty<unknown[]>;
  await fc.assert<unknown[]>(asUnknown, settings(CASES, seedOf()));
});

test("each row of the table of differences has an example that still differs, so", async (redis) => {
  for (const row of DIFFERENCES) {
    const sent = { bytes: Uint8Array.from(row.example, (c) => c.charCodeAt(0)), cuts: [] };
    const [met] = await compareWithRedis(redis, sent) ?? [];
    assertEquals(met?.what, row.what, `the example ${JSON.stringify(row.example.slice(0, 80))}`);
  }
});

test("what Redis closes at or reads in another way than one thinks is the same here", async (redis) => {
  const same = [
    ...["POST / HTTP/1.1\r\nPING\r\n", "post\r\nPING\r\n", "Host: a\r\nPING\r\n"],
    ...["*1\r\n$4\r\nPOST\r\nPING\r\n", "*-99999999\r\nPING\r\n"],
    ...[
      "\vECHO a\fb\r\n",
      'ECHO "a"\v\r\n',
      'ECHO "\\x0a\\xFF\\X00\\q\\a\\b"\r\n',
      "ECHO 'a\\x00\\''\r\n",
      "PING\rx\r\n",
      "PING\r\r\n",
      "*1\r\n$4\r\nPING\r\nQUIT\r\nPING\r\n",
    ],
  ];
  for (const text of same) {
    const met = await compareWithRedis(redis, { bytes: bytes(text), cuts: [] });
    assertEquals(met, [], JSON.stringify(text));
  }
});

Deno.test("the protocol's page has the rows of the table of differences, and no others", async () => {
  const page = await Deno.readTextFile(PAGE);
  const [, section = ""] = page.split("## Where it differs from Redis");
  const rows = section.split("\n").filter((line) => /^\| (?!-|what)/.test(line));
  const cells = rows.map((row) =>
    row.split(" | ").map((cell) => cell.replace(/^\| | +\|$/g, "").trim())
  );
  assertEquals(cells, DIFFERENCES.map(({ what, why }) => [what, why]));
});
