/**
 * Runs a lesson's server: reads the flags, listens, says what to type next, and ends with Ctrl-C.
 *
 * Standard output carries the lines for the reader: `listening on …`, what to type, the trace. With
 * `--trace json` it carries NDJSON only (its `listen` event has the address), and the lines for a
 * person go to standard error.
 */
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { SharedState } from "../../models/parts/shared_state.ts";
import { isLoopback } from "./address.ts";
import { flagHelp, parseFlags, shortened, UsageError } from "./flags.ts";
import { greeting, type Suggestion } from "./greeting.ts";
import { type LessonFlag, lessonFlags, type LessonValues, serveOptions } from "./lesson_flags.ts";
import { loadExercise } from "./load_exercise.ts";
import { whyNotListening } from "./network_error.ts";
import { colourFor, complain, print } from "./screen.ts";
import { type StopSignal, watchStopSignal } from "./stop_signal.ts";

/** After so long a shutdown is no longer waited for. */
const LAST_RESORT_MS = 1800;

/** Everything that differs from lesson to lesson. */
export interface Lesson {
  readonly number: number;
  readonly title: string;
  /** The model's file, from the project's folder. */
  readonly model: string;
  /** The model. */
  readonly serve: (options: ServeOptions) => Server;
  /** The flags that it has besides those of every lesson. */
  readonly flags: readonly LessonFlag[];
  /** What to try with it. */
  readonly tries: readonly Suggestion[];
  /** A line on what to do afterwards. */
  readonly next?: string;
}

/** Runs the lesson with this program's arguments, to the end of the program. */
export async function runLesson(lessonWithModel: Lesson): Promise<never> {
  const values = valuesFromCommandLine(lessonWithModel);
  const lesson = values.exercise ? await loadExercise(lessonWithModel) : lessonWithModel;
  const options = serveOptions(lesson.number, values);
  const sharedMemory = SharedState.allocate();
  const stopSignal = await watchStopSignal(sharedMemory);
  const out = options.trace === "json" ? Deno.stderr : Deno.stdout;
  const server = listen(lesson, {
    ...options,
    sharedMemory,
    onListen(addr) {
      colourFor(out);
      print(greeting(lesson, addr, lesson.model), out);
    },
  });
  await Promise.race([stopSignal.received, server.finished]);
  const state = new SharedState(sharedMemory);
  await shutDown(server, stopSignal, state);
  if (options.trace !== "off") print(summary(state), out);
  // Everything is closed; but a thread that was terminated while it spins would hold up the exit.
  Deno.exit(0);
}

function valuesFromCommandLine(lesson: Lesson): LessonValues {
  const program = `deno task lesson${lesson.number}`;
  const flags = lessonFlags(lesson.number, lesson.flags);
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
    return values;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    Deno.exit(2);
  }
}

/** Starts the server, or says why it cannot, and ends the program. */
function listen({ serve }: Lesson, options: ServeOptions): Server {
  const { hostname = "", port = 0 } = options;
  try {
    const server = serve(options);
    if (!isLoopback(server.addr.hostname)) {
      complain("warning: other machines can connect to this server, and nobody asks who they are");
    }
    return server;
  } catch (error) {
    const reason = whyNotListening(error, hostname, port);
    if (reason === undefined) throw error;
    complain(reason);
    Deno.exit(1);
  }
}

/** Waits for the server to finish what it has in hand, but not for ever. */
async function shutDown(server: Server, stopSignal: StopSignal, state: SharedState): Promise<void> {
  const lastResort = setTimeout(() => {
    const { connected_clients, threads } = state.counters;
    complain(
      `not finished in time, cut off: ${plural(connected_clients, "connection")}, ` +
        plural(threads, "thread"),
    );
    Deno.exit(0);
  }, LAST_RESORT_MS);
  await server.shutdown();
  clearTimeout(lastResort);
  stopSignal.close();
}

function summary({ counters }: SharedState): string {
  const { total_connections, total_commands } = counters;
  return `stopped: ${plural(total_connections, "connection")}, ` +
    `${plural(total_commands, "command")}\n`;
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
