/** Lesson 3's server: `deno task lesson3`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/3_io_multiplexing.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(3, serve, [
  ["--idle --clients 20", "twenty clients that say nothing: is the next one served?"],
  ["--clients 8 SLEEP 150", "eight clients at the same time: how long does it take in all?"],
  ["SLEEP 10000", "and meanwhile, from a third terminal, PING: when is it answered?"],
]);
