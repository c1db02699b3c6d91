/**
 * Runs a student's `exercise.ts` in place of the lesson's model. Whatever is wrong with it is said in
 * one line, with the file and the place in it, and ends the program with exit code 1.
 */
import { stripAnsiCode } from "@std/fmt/colors";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import type { Lesson } from "../catalogue.ts";
import { whyNotListening } from "./network_error.ts";
import { complain } from "./screen.ts";
import { TASK } from "./typed.ts";

const NO_SERVER = "serve() has to return what serverHandle() gives";
const ENDED = "the server has ended by itself; is the loop missing, or does it return too early?";
const OTHER_FILE = "an exercise is one file, and may import from models/parts only";

/** The file under the student's hands. */
interface Exercise {
  readonly url: URL;
  /** Its path from the project's folder. */
  readonly path: string;
}

/** What runs when a student's exercise does. */
export interface LoadedExercise {
  readonly title: string;
  /** Its file, from the project's folder. */
  readonly file: string;
  readonly serve: (options: ServeOptions) => Server;
  /** A line on what to do afterwards. */
  readonly next: string;
}

/** Loads the exercise in the folder of the lesson's server. */
export async function loadExercise(lesson: Lesson): Promise<LoadedExercise> {
  const url = new URL("exercise.ts", Deno.mainModule);
  const path = url.pathname.split("/").slice(-3).join("/");
  const exercise = { url, path };
  endAtErrorsOf(exercise);
  const module = await import(url.href).catch((error) => end(describe(error, exercise)));
  if (typeof module.serve !== "function") end(`${path}: exports no function named serve`);
  return {
    title: `${lesson.title}, by you`,
    file: path,
    next: `done? ${TASK} grade ${lesson.number}    stuck? ${TASK} hint ${lesson.number}`,
    serve: (options) => serveExercise(exercise, module.serve, options),
  };
}

function serveExercise(
  exercise: Exercise,
  serve: (options: ServeOptions) => unknown,
  options: ServeOptions,
): Server {
  let server: unknown;
  try {
    server = serve(options);
  } catch (error) {
    if (isRefused(error, options)) throw error;
    end(describe(error, exercise));
  }
  if (!isServer(server)) end(`${exercise.path}: ${NO_SERVER}`);
  let stopping = false;
  const finished = server.finished.then(() => {
    if (!stopping) end(`${exercise.path}: ${ENDED}`);
  }, (error) => end(describe(error, exercise)));
  return {
    addr: server.addr,
    finished,
    shutdown() {
      stopping = true;
      return server.shutdown();
    },
  };
}

/** True for what the operating system has to say about the address; the runner explains that. */
function isRefused(error: unknown, { hostname = "", port = 0 }: ServeOptions): boolean {
  const ours = error instanceof Error && error.constructor === Error;
  return !ours && whyNotListening(error, hostname, port) !== undefined;
}

function isServer(value: unknown): value is Server {
  const { addr, finished, shutdown } = (value ?? {}) as Partial<Server>;
  return typeof addr?.port === "number" && finished instanceof Promise &&
    typeof shutdown === "function";
}

/** Errors that come later, from the exercise's loop or from what it forgot to wait for. */
function endAtErrorsOf(exercise: Exercise): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    end(describe(event.reason, exercise));
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    end(describe(event.error, exercise));
  });
}

/** An error in one line: `lessons/3-io-multiplexing/exercise.ts:41:7: x is not defined`. */
export function describe(error: unknown, { url, path }: Exercise): string {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  // Deno colours the places in some stack traces.
  const trace = stripAnsiCode(stack);
  const [, place = ""] = new RegExp(`${RegExp.escape(url.href)}(:\\d+:\\d+)`).exec(trace) ?? [];
  const [text] = stripAnsiCode(message).replace(/ at file:\S+$/, "").split("\n");
  return `${path}${place}: ${text.startsWith("Requires read access") ? OTHER_FILE : text}`;
}

function end(line: string): never {
  complain(line);
  Deno.exit(1);
}
