/** Lesson 5's server: `deno task lesson5`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/5_io_thread_pool.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(5, serve, [
  ["--clients 8 WHO", "eight clients: how many threads answer, and how many each?"],
  ["--clients 8 SLEEP 150", "how long in all? And with --threads 4, and --threads 8?"],
  ["SLEEP 10000", "and meanwhile --clients 8 PING: who waits, and for whom?"],
]);
