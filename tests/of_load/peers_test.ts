/** `deno task peers`: its command line and its tables. Nothing is measured here but a pool's trip. */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { taskArguments } from "../../lessons/tools/task_arguments.ts";
import { UsageError } from "../../lessons/tools/flags.ts";
import { assertNarrow } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";
import { helpText, parsePeersArguments } from "../peers/arguments.ts";
import { asking } from "../peers/ratios.ts";
import { REACH } from "../peers/reach.ts";
import { peers } from "../peers/servers.ts";
import { ASKINGS, type PeerRow, sideBySide } from "../peers/side_by_side.ts";
import { peersText, reachText } from "../peers/tables.ts";
import { measureTrips } from "../peers/trips.ts";
import { POOLS } from "../peers/trips/pools.ts";
import { Builder } from "../servers/other_languages/build.ts";

const LONG_MS = 120_000;
const CHOICES = { peers: ["redis", "c"], reach: REACH.map(({ id }) => id) };

function row(name: string, median: number): PeerRow {
  const spread = { median, least: median / 2, most: median * 2 };
  const all = Object.fromEntries(ASKINGS.map(({ name }) => [name, spread]));
  return { name, us: all, ratio: all };
}

Deno.test("peers: the first row has its time, the others a multiple of it, a dash for none", () => {
  const rows = [row("redis-server", 7), row("model 3, --io kernel", 99.9)];
  const text = peersText({
    servers: [...rows, { name: "node", us: {}, ratio: {} }],
    pools: [],
    missing: ["Go, epoll: there is no go here."],
  });
  assertNarrow(text);
  assertMatch(text, /^redis-server( +7\.00 µs){3}$/m);
  assertMatch(text, /^model 3, --io kernel( +99\.9 \(50\.0\.\.200\)){3}$/m);
  assertMatch(text, /^node( +–){3}$/m);
  assertMatch(text, /\n\nGo, epoll: there is no go here\.\n$/);
});

Deno.test("peers: goal and figure stand side by side, in 80 columns", () => {
  const measured = (median: number) => ({ median, least: median / 2, most: median * 2 });
  const rows = REACH.map(({ measure: _, ...row }, i) => {
    return i === 0 ? row : { ...row, measured: measured(i % 2 === 0 ? row.goal : 123.4) };
  });
  const text = reachText(rows, ["one: there is no redis-server here."]);
  assertNarrow(text);
  assertEquals(text.split("\n").length, REACH.length + 4);
  assertMatch(text, /^model 3 kernel, 50 clients: CPU × redis +≤ 1 +–$/m);
  assertMatch(
    text,
    /^model 3 kernel, 1 client: CPU × redis +≤ 0\.9 +123 +61\.7\.\.247 +no$/m,
  );
  assertMatch(text, /^model 3 kernel, 50 clients, -P 16: .+ ≤ 1\.15 +1\.15 +0\.57\.\.2\.30 +yes$/m);
});

Deno.test("peers: names are one each, and the help has all of them", async () => {
  await using builder = new Builder();
  const names = peers(builder).map(({ id }) => id).concat(POOLS);
  const help = helpText({ peers: names, reach: CHOICES.reach });
  assertNarrow(help);
  for (const all of [names, CHOICES.reach]) {
    assertEquals(new Set(all).size, all.length);
    for (const name of all) assertMatch(help, new RegExp(`^  .*(?<=\\s)${name}(?=\\s)`, "m"));
  }
});

Deno.test("peers: a command line that cannot be followed is one line and exit code 2", async () => {
  const refusals: [args: string, says: RegExp][] = [
    ["3", /^no argument '3' is expected; see: deno task peers --help$/],
    ["--only rust", /^--only: there is no 'rust'; see/],
    ["--reach --only redis", /^--only: there is no 'redis'; see/],
    ["--only kernel-50", /^--only: there is no 'kernel-50'; see/],
    ["--rounds 0", /^--rounds: '0' is not a whole number from 1 to 20$/],
    ["--seconds 0", /^--seconds: '0' is not a number of seconds from 0\.1 to 60$/],
  ];
  for (const [args, says] of refusals) {
    const parse = () => parsePeersArguments(args.split(" "), "/", CHOICES);
    assertMatch(assertThrows(parse, UsageError).message, says);
  }
  const program = Program.start(taskArguments("peers", ["--only", "rust"]), "null", LONG_MS);
  const { code, stdout, stderr } = await program.ended;
  assertEquals({ code, stdout }, { code: 2, stdout: "" });
  assertMatch(stderr, /^--only: there is no 'rust'.*\n$/);
});

Deno.test("peers: what the machine lacks is named, and the others are measured all the same", async () => {
  const lacking = {
    id: "x",
    name: "X",
    start: () => Promise.reject(new Error("there is no x here")),
  };
  const found = await sideBySide(
    [lacking],
    (id) => id === "x" || id === "models",
    { rounds: 1, seconds: 0.1 },
    () => {},
  );
  assertEquals(found.missing, ["X: there is no x here."]);
  assertEquals(found.servers, []);
  const [{ name, ratio }] = found.pools;
  assertEquals([name, ratio["one at a time"].median], ["models", 1]);
});

for (const pool of POOLS) {
  Deno.test(`peers: a job goes to a worker of ${pool} and back`, async () => {
    const { alone, together } = await measureTrips(pool, { rounds: 1, seconds: 0.1 });
    assert(alone.us > 0 && together.us > 0);
  });
}

Deno.test("peers: what clients do has a short name", () => {
  assertEquals(asking(1).name, "1 client");
  assertEquals(asking(50, 16).name, "50 clients, -P 16");
});
