/** Servers in C and Python, without a trace: what is seen from outside makes right lanes. */
import { assert, assertEquals } from "@std/assert";
import { clientSpans } from "../../../lessons/lab/lanes/client_spans.ts";
import { waitSentence } from "../../../lessons/lab/lanes/words.ts";
import { play } from "../../../lessons/lab/run/play.ts";
import { Run } from "../../../lessons/lab/run/run.ts";
import { clientsAtOnce, longestWait, waitedFor } from "../../../lessons/lab/scenes/measures.ts";
import { type Act, answered, connect, range, send } from "../../../lessons/lab/scenes/scene.ts";
import { Builder, missingTool } from "../../servers/other_languages/build.ts";
import { clientOf } from "../made_run.ts";

const SERVERS = new URL("../../servers/other_languages/", import.meta.url);

/** Plays on a server; its lanes are looked at when it has ended. */
async function played(file: string, acts: readonly Act[]): Promise<Run> {
  await using builder = new Builder();
  const run = new Run();
  try {
    await run.startCommand(await builder.command(new URL(file, SERVERS)));
    await play({ claim: "", acts, seen: () => undefined }, run);
    return run;
  } finally {
    await run.stop();
  }
}

/** A test of a server whose tools are there. */
function foreignTest(title: string, file: string, body: () => Promise<void>): void {
  const missing = Deno.build.os === "linux" ? missingTool(file) : "Linux's /proc";
  const why = missing === undefined ? "" : ` (skipped: there is no ${missing})`;
  Deno.test({ name: `${file}: ${title}${why}`, ignore: missing !== undefined, fn: body });
}

const BUSY: readonly Act[] = [
  ...connect([1, 2]),
  // So long that a busy machine, which looks seldom, sees the others wait.
  [1, "sends", "SLEEP 1500"],
  [1, "is", "business"],
  [2, "sends", "PING"],
  ...answered([1, 2]),
];

foreignTest("one thread, and who waited for whom", "3_selectors.py", async () => {
  const { lanes } = await played("3_selectors.py", BUSY);
  assertEquals(waitedFor(lanes, 2), 1);
  const wait = longestWait(lanes, 2);
  assert(wait !== undefined && wait.span.state === "unread", `${wait && waitSentence(wait)}`);
  // On a busy machine client 2 sends late: it waited from then on, as its own clock says.
  const [[first], [second]] = [1, 2].map((number) => clientOf(lanes, number).requests);
  const dueUs = (first.replyUs ?? 0) - (second.sentUs ?? 0);
  const waitedUs = wait.span.toUs - wait.span.fromUs;
  assert(waitedUs > 0.8 * dueUs && wait.span.toUs <= (second.replyUs ?? 0), waitSentence(wait));
  assertEquals(lanes.kernel.threads.size, 1);
});

foreignTest("the next client is in the accept queue", "1_serial.py", async () => {
  const { lanes } = await played("1_serial.py", [
    ...connect([1]),
    [1, "is", "idle"],
    ...connect([2, 3]),
    ["pause", 300],
    [1, "closes"],
    ["pause", 50],
    [2, "closes"],
  ]);
  assertEquals(clientsAtOnce(lanes, "accept-queue"), 2);
  assertEquals(Math.max(...lanes.kernel.points.map(({ acceptQueue }) => acceptQueue)), 2);
  assertEquals([waitedFor(lanes, 2), waitedFor(lanes, 3)], [1, 1]);
});

foreignTest("a thread for each client, and nobody waits", "2_threads.c", async () => {
  const four = range(1, 4);
  const { lanes } = await played("2_threads.c", [
    ...connect(four),
    ...send(four, "SLEEP 300"),
    ...answered(four),
  ]);
  assertEquals(clientsAtOnce(lanes, "in-server"), 4);
  assert(lanes.kernel.threads.size >= 5, `${lanes.kernel.threads.size} threads`);
  for (const number of four) {
    const spans = clientSpans(clientOf(lanes, number), lanes.nowUs);
    const waitedUs = spans.filter(({ state }) => state === "unread")
      .reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0);
    assert(waitedUs < 150_000, `client ${number} waited ${waitedUs} µs`);
  }
});

foreignTest("a thread that computes runs, and others wait", "4_epoll_pool.c", async () => {
  const { lanes } = await played("4_epoll_pool.c", [
    ...connect([1]),
    [1, "sends", "FIB 38"],
    [1, "is-answered"],
  ]);
  const [way] = clientOf(lanes, 1).requests;
  const middleUs = ((way.sentUs ?? 0) + (way.replyUs ?? 0)) / 2;
  const running = [...lanes.kernel.threads.values()].filter((one) => one.runsAt(middleUs));
  assertEquals(running.length, 1);
});
