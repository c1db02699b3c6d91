/** What the lanes say, held against the truth, which the clients' times tell by themselves. */
import { assertEquals } from "@std/assert";
import { type Lesson, LESSONS } from "../../../lessons/catalogue.ts";
import { Run } from "../../../lessons/lab/run/run.ts";
import { play } from "../../../lessons/lab/run/play.ts";
import type { Reason } from "../../../lessons/lab/lanes/reason.ts";
import { waitsOf } from "../../../lessons/lab/lanes/waits.ts";
import { type Act, answered, connect, range } from "../../../lessons/lab/scenes/scene.ts";
import { clientOf } from "../made_run.ts";
import { type Times, timesOf, type Truth, truthOf } from "../truth.ts";

/** How long each client sleeps, in ms: with two at a time no two of them end at the same moment. */
const SLEEPS_MS = [100, 160, 130, 190, 60, 100];
const CLIENTS = range(1, SLEEPS_MS.length);
/** A machine that is busy is asked again with everything so much longer. */
const SLOWNESS = [1, 3, 9];

/** Two at a time, where that can be said. */
const FLAGS: Readonly<Record<number, string[]>> = {
  4: ["--workers", "2"],
  5: ["--threads", "2"],
  6: ["--processes", "2"],
  7: ["--threads", "1", "--max-event-threads", "2"],
};

async function timed(lesson: Lesson, slowness: number): Promise<Run> {
  const run = new Run();
  try {
    await run.start(lesson, FLAGS[lesson.number] ?? []);
    // Where a client has a thread of its own, the thread is to be there before.
    const first: Act[] = lesson.serial
      ? []
      : CLIENTS.flatMap((n): Act[] => [[n, "connects"], [n, "sends", "PING"], [n, "is-answered"]]);
    const sleeps = CLIENTS.map((n): Act => [n, "sends", `SLEEP ${SLEEPS_MS[n - 1]}`]);
    const begin = lesson.serial ? connect(CLIENTS) : [];
    const end = CLIENTS.flatMap((
      n,
    ): Act[] => [...answered([n]), ...lesson.serial ? [[n, "closes"] as Act] : []]);
    const acts = [...first, ...begin, ...sleeps, ...end];
    await play({ claim: "", acts, seen: () => undefined }, run, { slowness });
    return run;
  } finally {
    await run.stop();
  }
}

/** The last thing for which the client waited, by the lanes. */
function toldBy(run: Run, number: number, leastMs: number): Reason | undefined {
  const waits = waitsOf(run.lanes, clientOf(run.lanes, number), run.lanes.nowUs);
  const reasons = waits.filter(({ span }) => span.way?.text !== "PING").flatMap((wait) =>
    wait.reasons
  )
    .filter(({ kind, fromUs, toUs }) => kind !== "starts-thread" && toUs - fromUs > leastMs * 1000);
  return reasons.sort((a, b) => a.toUs - b.toUs).at(-1);
}

/** What is compared: whom a client waited for and, where that can be told, how long. */
interface Compared {
  readonly run: Run;
  readonly slowness: number;
  readonly times: boolean;
}

/**
 * Compares what is told of a client with the truth.
 *
 * @returns what differs; empty: nothing. A server that slept longer than it was asked to looks so too.
 */
function difference({ number }: Times, truth: Truth, { run, slowness, times }: Compared): string {
  const told = toldBy(run, number, 10 * slowness);
  const { clients, fromMs, toMs } = truth;
  if (told === undefined && clients.length === 0) return "";
  const whom = told?.client.number ?? 0;
  if (!clients.includes(whom)) {
    return `client ${number} waited for one of ${clients}, told is ${whom}`;
  }
  const toldMs = told === undefined ? 0 : (told.toUs - told.fromUs) / 1000;
  const truthMs = toMs - fromMs;
  if (!times || Math.abs(toldMs - truthMs) < 0.25 * truthMs + 15 * slowness) return "";
  return `client ${number} waited ${truthMs} ms for ${whom}, told are ${toldMs} ms`;
}

for (const lesson of LESSONS) {
  const startsThreads = lesson.works === "event";
  const title = `truth: lesson ${lesson.number}, who waits for whom is what the clients' times say`;
  Deno.test(title, async () => {
    let unclear: string[] = [];
    for (const slowness of SLOWNESS) {
      const run = await timed(lesson, slowness);
      const times = timesOf(run, SLEEPS_MS.map((ms) => ms * slowness));
      const lagMs = startsThreads ? Infinity : 45 * slowness;
      const truths = times.map((client) => truthOf(client, times, 15 * slowness, lagMs));
      const compared = { run, slowness, times: !startsThreads };
      const off = times.map((client, at) => difference(client, truths[at], compared));
      unclear = off.filter((one) => one !== "");
      if (unclear.length === 0) return;
    }
    assertEquals(unclear, []);
  });
}
