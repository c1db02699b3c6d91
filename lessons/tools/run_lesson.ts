/**
 * Runs a lesson's server: reads the flags, listens, says what to type next, and ends with Ctrl-C.
 *
 * Standard output carries the lines for the reader: `listening on …`, what to type, the trace. With
 * `--trace json` it carries NDJSON only (its `listen` event has the address), and the lines for a
 * person go to standard error.
 */
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { SharedState } from "../../models/parts/server/shared_state.ts";
import { startStopWatch, type StopWatch } from "../../models/parts/threads/stop_watch.ts";
import { isLoopback } from "./address.ts";
import { flagHelp, parseFlags, shortened, UsageError } from "./flags.ts";
import { type Lesson, lessonOf, modelOf, startsProcesses } from "../catalogue.ts";
import { greeting, type Running, type Suggestion } from "./greeting.ts";
import { lessonFlags, type LessonValues, serveOptions } from "./lesson_flags.ts";
import { loadExercise } from "./load_exercise.ts";
import { whyNotListening } from "./network_error.ts";
import { whoHasThePort } from "./port_in_use.ts";
import { refuseKernel } from "./refuse_kernel.ts";
import { refuseTogether, runInLab } from "./run_in_lab.ts";
import { colourFor, complain, print, printWithin } from "./screen.ts";
import { TASK } from "./typed.ts";

/** So long the last line may take, when nobody reads. */
const LAST_WORDS_MS = 250;
/** After so long a shutdown is no longer waited for. */
const LAST_RESORT_MS = 1800;
/** Waits for Ctrl-C, which a main thread that is busy would not notice. */
const STOP_SIGNAL_THREAD = new URL("./stop_signal_thread.ts", import.meta.url);

/** A model's `serve()`, or that of an exercise. */
type Serve = (options: ServeOptions) => Server;

/**
 * Runs a lesson with this program's arguments, to the end of the program.
 *
 * @param number the lesson's.
 * @param model the lesson's model.
 * @param tries what to try with it.
 */
export async function runLesson(
  number: number,
  model: Serve,
  tries: readonly Suggestion[],
): Promise<never> {
  const lesson = lessonOf(number);
  const values = valuesFromCommandLine(lesson);
  await runInLab(lesson, values);
  // Only a demo has to start a program, and a student's file is not loaded yet.
  if (!startsProcesses(lesson)) await Deno.permissions.revoke({ name: "run" });
  const { serve, ...its } = values.exercise
    ? await loadExercise(lesson)
    : { title: lesson.title, file: modelOf(lesson), serve: model };
  const options = serveOptions(lesson, values);
  const sharedMemory = SharedState.allocate();
  const stopWatch = await startStopWatch(STOP_SIGNAL_THREAD, sharedMemory);
  const out = options.trace === "json" ? Deno.stderr : Deno.stdout;
  const running: Running = { lesson, tries, ...its };
  const server = await listen(serve, {
    ...options,
    sharedMemory,
    onListen(addr) {
      colourFor(out);
      print(greeting(running, addr), out);
    },
  });
  await Promise.race([stopWatch.stopped, server.finished]);
  const state = new SharedState(sharedMemory);
  await shutDown(server, stopWatch, state);
  if (options.trace !== "off") await printWithin(LAST_WORDS_MS, summary(state), out);
  // Everything is closed; but a thread that was terminated while it spins would hold up the exit.
  Deno.exit(0);
}

function valuesFromCommandLine(lesson: Lesson): LessonValues {
  const program = `${TASK} lesson${lesson.number}`;
  const flags = lessonFlags(lesson);
  try {
    const { values, words } = parseFlags(flags, Deno.args, program);
    if (values.help) {
      const usage = `Lesson ${lesson.number}: ${lesson.title}\n\nusage: ${program} [flags]\n\n`;
      print(usage + flagHelp(flags));
      Deno.exit(0);
    }
    if (words.length > 0) {
      throw new UsageError(
        `no argument '${shortened(words[0])}' is expected; see: ${program} --help`,
      );
    }
    refuseTogether(values);
    if (values.io === "kernel") refuseKernel(lesson, values);
    return values;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    Deno.exit(2);
  }
}

/** Starts the server, or says why it cannot, and ends the program. */
async function listen(serve: Serve, options: ServeOptions): Promise<Server> {
  const { hostname = "", port = 0 } = options;
  try {
    const server = serve(options);
    if (!isLoopback(server.addr.hostname)) {
      complain("warning: other machines can connect to this server, and nobody asks who they are");
    }
    return server;
  } catch (error) {
    const reason = error instanceof Deno.errors.AddrInUse
      ? await whoHasThePort(hostname, port)
      : whyNotListening(error, hostname, port);
    if (reason === undefined) throw error;
    complain(reason);
    Deno.exit(1);
  }
}

/** Waits for the server to finish what it has in hand, but not for ever. */
async function shutDown(server: Server, stopWatch: StopWatch, state: SharedState): Promise<void> {
  const lastResort = setTimeout(async () => {
    const { connected_clients, threads } = state.counters;
    const cutOff = `${plural(connected_clients, "connection")}, ${plural(threads, "thread")}`;
    const line = `not finished in time, cut off: ${cutOff}\n`;
    await printWithin(LAST_WORDS_MS, line, Deno.stderr);
    Deno.exit(0);
  }, LAST_RESORT_MS);
  await server.shutdown();
  clearTimeout(lastResort);
  stopWatch.close();
}

function summary({ counters }: SharedState): string {
  const { total_connections, total_commands } = counters;
  return `stopped: ${plural(total_connections, "connection")}, ` +
    `${plural(total_commands, "command")}\n`;
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
