/**
 * `deno task lesson4 --trace-file run.json`: the lesson's server, as always; and when it ends, what its
 * trace told is in a file that Perfetto opens, and `deno task lab run.json`.
 */
import type { TraceMode } from "../../models/parts/server/trace.ts";
import { TraceText } from "../../models/parts/server/trace_text.ts";
import type { Lesson } from "../catalogue.ts";
import { colourFor, complain, endTypedLine, print } from "../tools/screen.ts";
import { RunClock } from "./run/clock.ts";
import { ServerFailed } from "./run/server_failed.ts";
import { lessonArguments, ServerProcess } from "./run/server_process.ts";
import type { ServerEvent } from "./lanes/events.ts";
import { FileWriter, NotWritable } from "./save/file_writer.ts";
import { runFileText } from "./save/run_file.ts";

/** More is not kept: a server may run for days. */
const MOST_EVENTS = 1_000_000;

const STOP_SIGNALS: readonly Deno.Signal[] = ["SIGINT", "SIGTERM"];

/**
 * Runs the server until it ends, and writes the file.
 *
 * @param flags the server's.
 * @param mode how the lines of the trace are shown as well.
 * @returns the exit code.
 */
export async function traceToFile(
  lesson: Lesson,
  path: string,
  flags: readonly string[],
  mode: TraceMode,
): Promise<number> {
  colourFor(Deno.stdout);
  const events: ServerEvent[] = [];
  const text = new TraceText(mode);
  const emit = (event: ServerEvent) => {
    if (events.length < MOST_EVENTS) events.push(event);
    // Where it listens it says itself, on its other output.
    if (mode === "off" || event.event === "listen") return;
    const line = text.line(event);
    if (line !== undefined) print(`${line}\n`);
  };
  const say = (line: string) => print(`${line}\n`);
  try {
    const file = await FileWriter.open(path);
    const args = lessonArguments(lesson, flags);
    await served({ args, clock: new RunClock(), emit, say });
    await file.write(runFileText({ lesson: lesson.number, events }));
    const rest = events.length < MOST_EVENTS ? "" : ", the first ones; more are not kept";
    print(`${path}: ${events.length} events${rest}; open it at https://ui.perfetto.dev\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ServerFailed || error instanceof NotWritable)) throw error;
    if (error instanceof NotWritable) complain(error.message);
    return 1;
  }
}

/** Runs the server to its end. A stop signal ends it and not this program: what it says last is still to be saved. */
async function served(options: Parameters<typeof ServerProcess.start>[0]): Promise<void> {
  const run: { server?: ServerProcess; asked: boolean } = { asked: false };
  for (const signal of STOP_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      endTypedLine(signal);
      run.asked = true;
      run.server?.stop();
    });
  }
  run.server = await ServerProcess.start(options);
  // It may have said that it listens, and been asked to stop, before this program was told so.
  if (run.asked) run.server.stop();
  await run.server.ended;
}
