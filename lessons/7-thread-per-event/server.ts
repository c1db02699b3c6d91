/** Lesson 7's server: `deno task lesson7`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/7_thread_per_event.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(7, serve, [
  ["--clients 8 SLEEP 150", "eight at once, and only two threads that watch: how long in all?"],
  ["PING", "the smallest request: how many ms, and how many threads?"],
  ["--idle --clients 20", "what do twenty clients cost that say nothing?"],
]);
