/** Lesson 2's server: `deno task lesson2`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/2_thread_per_connection.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(2, serve, [
  ["--clients 8 WHO", "eight clients: how many threads answer, and when do they end?"],
  ["--clients 8 SLEEP 150", "eight clients at the same time: how long does it take in all?"],
  ["--idle --clients 20", "twenty clients that say nothing: what do they cost? Ask INFO."],
]);
