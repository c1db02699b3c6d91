/** `deno task race`, as a student runs it: every model, and a server of one's own. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lessonOf, LESSONS } from "../../lessons/catalogue.ts";
import { race as raceOne } from "../../lessons/lab/race/racer.ts";
import { shownRacer } from "../../lessons/lab/race/shown_racer.ts";
import { sceneNamed } from "../../lessons/lab/scenes/scenes.ts";
import { columnsOf } from "../../lessons/lab/screen/wrap.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";

/** Longer than a race takes on a machine that is busy. */
const HUNG_MS = 300_000;
/** Elsewhere nobody sees when a server of one's own listens, and the race says so. */
const LINUX = Deno.build.os === "linux";

function race(args: readonly string[]) {
  return Program.start(taskArguments("race", args), "null", HUNG_MS).ended;
}

Deno.test("race: all models answer, each in the time that it needs, and what it costs stands there", async () => {
  const own = "deno run --allow-net --allow-read lessons/3-io-multiplexing/server.ts --port {port}";
  const eighth = LINUX ? ["--command", own] : [];
  const args = ["--clients", "3", ...eighth, "SLEEP", "30"];
  const { code, stdout, stderr } = await race(args);
  assertEquals([code, stderr], [0, ""]);
  const rows = stdout.split("\n").flatMap((line) => {
    const [, name, ms, costs] = /^(.{24}) +(\d+) ms +[\d.]+ ms +[\d.]+ ms +(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name: name.trim(), ms: Number(ms), costs }];
  });
  assertEquals(rows.length, LESSONS.length + eighth.length / 2, stdout);
  for (const [at, { number, name, works, serial }] of LESSONS.entries()) {
    assertEquals(rows[at].name, `${number} ${name}`);
    // One thread does one after the other, however fast the machine is.
    if (serial || works === "main") assert(rows[at].ms >= 3 * 30, stdout);
    if (LINUX) assertMatch(rows[at].costs, /^\d+ +\d+ MiB +\d+ ms$/);
  }
  if (LINUX) assert(own.startsWith(rows[7].name), stdout);
  assertEquals(stdout.split("\n").filter((line) => columnsOf(line) > 80), []);
});

Deno.test("race: what is in business at once is what the model can, and costs are its own", async () => {
  const mix = { clients: 3, lines: ["SLEEP 30"], times: 2 };
  const racer = await raceOne({ lesson: lessonOf(3) }, mix, () => {});
  assertEquals([racer.atOnce, racer.latenciesUs.length, racer.trouble], [1, 6, undefined]);
  assert(Number(racer.lastReplyUs) >= 6 * 30_000, `${racer.lastReplyUs}`);
  assertEquals(racer.latenciesUs, racer.latenciesUs.toSorted((a, b) => a - b));
  const shown = shownRacer(racer);
  assertEquals([shown.lanes.length, shown.percentilesMs.length], [3, 101]);
  const states = new Set(shown.lanes.flatMap((spans) => spans.map(([state]) => state)));
  assert(states.has("business") && states.has("unread"), [...states].join());
  if (LINUX) assert(Number(shown.memoryMib) > 1 && Number(shown.threads) > 1);
});

Deno.test("race: a scene that a model does not get to the end of says where it stops", async () => {
  const scene = sceneNamed("4.C3");
  assert(scene !== undefined);
  const racer = await raceOne({ lesson: lessonOf(1) }, scene, () => {});
  assertMatch(
    racer.trouble ?? "",
    /^It does not go on\. Not within \d+ s: client [12] is business\.$/,
  );
});

Deno.test("race: says in one line what it does not take, and what does not start", async () => {
  const usage = await race(["--clients", "0"]);
  assertEquals([usage.code, usage.stderr], [
    2,
    "--clients: '0' is not a whole number from 1 to 64\n",
  ]);
  const own = await race(["--clients", "1", "--command", "no-such-program {port}", "PING"]);
  assertEquals(own.code, LINUX ? 1 : 2);
  assertStringIncludes(own.stderr, LINUX ? "no-such-program" : "needs Linux");
  assertEquals(own.stderr.trim().split("\n").length, 1);
});
