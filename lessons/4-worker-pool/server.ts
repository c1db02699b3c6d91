/** Lesson 4's server: `deno task lesson4`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/4_worker_pool.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(4, serve, [
  ["--clients 8 WHO", "eight clients: how many workers answer?"],
  ["--clients 8 SLEEP 150", "with four workers: how long does it take in all?"],
  ["--clients 4 SLEEP 10000", "all workers asleep: what happens to the next client's PING?"],
]);
