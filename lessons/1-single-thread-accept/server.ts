/** Lesson 1's server: `deno task lesson1`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/1_single_thread_accept.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(1, serve, [
  ["--idle", "a client that says nothing: what happens to the next client?"],
  ["--clients 8 SLEEP 150", "eight clients at the same time: how long does it take in all?"],
  ["WHO", "which thread did the work?"],
]);
