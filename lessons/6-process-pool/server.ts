/** Lesson 6's server: `deno task lesson6`. What it does is in the model; `--help` shows the flags. */
import { serve } from "../../models/6_process_pool.ts";
import { runLesson } from "../tools/run_lesson.ts";

await runLesson(6, serve, [
  ["--clients 8 SLEEP 150", "how many at once? Ask again: is it the same?"],
  ["WHO", "ask a few times: which process was first at the accept?"],
  ["INFO", "whose pid is it, and whose connections are counted?"],
]);
