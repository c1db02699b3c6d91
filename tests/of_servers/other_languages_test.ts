/**
 * The grader knows models, whatever the language: a right server in C or Python has full marks in its
 * own lesson and fails in every other.
 */
import { assert, assertEquals } from "@std/assert";
import { failureText } from "../grader/experiment/try_claim.ts";
import { LESSONS } from "../grader/grading/lessons.ts";
import { firstFailure, tryAll } from "../of_grader/try_all.ts";
import { procExists } from "../grader/server/proc.ts";
import { Builder, missingTool } from "../servers/other_languages/build.ts";

const FOLDER = new URL("../servers/other_languages/", import.meta.url);
const SERVERS = [
  "1_serial.py",
  "2_threads.c",
  "3_selectors.py",
  "4_epoll_pool.c",
  "5_epoll_threads.c",
  "6_prefork.c",
  "7_thread_for_each_event.c",
];

for (const file of SERVERS) {
  const own = Number(file[0]);
  const missing = procExists ? missingTool(file) : "Linux's /proc";
  const skipped = missing === undefined ? "" : ` (skipped: ${missing} is not there)`;
  const name = `${file} has full marks in lesson ${own}, and in no other${skipped}`;
  Deno.test({ name, ignore: missing !== undefined }, async () => {
    await using builder = new Builder();
    const command = await builder.command(new URL(file, FOLDER));
    const target = { kind: "command", name: file, command } as const;
    const others = LESSONS.filter(({ lesson }) => lesson !== own);
    const [[tried], ...failures] = await Promise.all([
      tryAll([{ claims: LESSONS[own - 1], target }]),
      ...others.map((claims) => firstFailure({ claims, target })),
    ]);
    for (const { claim, verdict } of tried) {
      assertEquals(verdict.status, "pass", `${claim.id} ${failureText(verdict)}`);
    }
    for (const [i, failure] of failures.entries()) {
      assert(failure !== undefined, `${file} fails nowhere in lesson ${others[i].lesson}`);
    }
  });
}
