/**
 * The program in which a file under test runs, in a process of its own: imports the file and calls
 * its `serve()`, and at SIGTERM its `shutdown()`. Whatever the file does to this process, the grader
 * sees the server from outside, and believes nothing that is said here: what is written is only ever
 * quoted.
 *
 * Arguments: the file's URL, and the options for `serve()` as JSON.
 */
const [file, options] = Deno.args;
const FOLDER = new URL(".", file).href;
const MOST_CHARACTERS = 300;
const ENDED = "serve() has ended by itself: is the loop missing, or does it return too early?";

/** Says why the file cannot be graded, in one line, and ends. */
function refuse(why: string, error?: unknown): never {
  console.error(`${placeOf(error)}${why}`);
  Deno.exit(2);
}

function messageOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.slice(0, MOST_CHARACTERS);
}

/** Where in the submission's files it was thrown: `file:///…/exercise.ts:41:7: `, or nothing. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? `${error.stack}` : "";
  // Deno colours the places in some stack traces.
  // deno-lint-ignore no-control-regex
  const places = stack.replace(/\x1b\[[\d;]*m/g, "").matchAll(/file:\/\/[^\s()]*:\d+:\d+/g);
  const place = Array.from(places, ([text]) => text).find((text) => text.startsWith(FOLDER));
  return place === undefined ? "" : `${place}: `;
}

/** Deno's own message recommends a flag, which is not what is wrong. */
function whyServeFailed(error: unknown): string {
  const message = messageOf(error);
  const [, wanted] = /^Requires net access to "([^"]*)"/.exec(message) ?? [];
  if (wanted === undefined) return `serve() failed: ${message}`;
  const { hostname, port } = JSON.parse(options);
  return `serve() asks for ${wanted}: it may use ${hostname}:${port} only, so take both from its options`;
}

const module = await import(file).catch((error) =>
  refuse(`does not load: ${messageOf(error)}`, error)
);
if (typeof module.serve !== "function") {
  const other = typeof module.default === "function" ? "; a default export is not looked for" : "";
  refuse(`does not export a function named serve${other}`);
}
const told = JSON.parse(options);
// A thread that blocks in system calls hears of no signal in time.
const watch = told.io === "kernel"
  ? await (await import("./stop_watch.ts")).watchSigterm()
  : undefined;
const serving = { ...told, sharedMemory: watch?.memory };
const server = await Promise.resolve().then(() => module.serve(serving))
  .catch((error) => refuse(whyServeFailed(error), error));
if (!(server?.finished instanceof Promise)) {
  refuse("serve() has to return { addr, finished, shutdown }");
}
let asked = false;
const onAsked = () => {
  asked = true;
  // Who does not say when it is over is over at once, as a program is that knows nothing of signals.
  if (!(server.shutdown?.() instanceof Promise)) Deno.exit(0);
};
if (watch === undefined) Deno.addSignalListener("SIGTERM", onAsked);
else watch.stopped.then(onAsked);
await server.finished.catch((error: unknown) => {
  const { name } = error instanceof Error ? error : new Error();
  refuse(`${name}: ${messageOf(error)}`, error);
});
watch?.close();
// Then it is to end by itself: what still runs, such as a thread, keeps it.
if (!asked) refuse(ENDED);
