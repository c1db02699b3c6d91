/**
 * The program in which a file under test runs, in a process of its own: imports the file and calls
 * its `serve()`. Whatever the file does to this process, the grader sees the server from outside, and
 * believes nothing that is said here: what is written is only ever quoted.
 *
 * Arguments: the file's URL, and the options for `serve()` as JSON.
 */
const [file, options] = Deno.args;
const MOST_CHARACTERS = 300;

/** Says why the file cannot be graded, in one line, and ends. */
function refuse(why: string): never {
  console.error(why);
  Deno.exit(2);
}

function messageOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.slice(0, MOST_CHARACTERS);
}

/** Deno's own message recommends a flag, which is not what is wrong. */
function whyServeFailed(error: unknown): string {
  const message = messageOf(error);
  const [, wanted] = /^Requires net access to "([^"]*)"/.exec(message) ?? [];
  if (wanted === undefined) return `serve() failed: ${message}`;
  const { hostname, port } = JSON.parse(options);
  return `serve() asks for ${wanted}: it may use ${hostname}:${port} only, so take both from its options`;
}

const module = await import(file).catch((error) => refuse(`does not load: ${messageOf(error)}`));
if (typeof module.serve !== "function") {
  const other = typeof module.default === "function" ? "; a default export is not looked for" : "";
  refuse(`does not export a function named serve${other}`);
}
try {
  const server = await module.serve(JSON.parse(options));
  if (!(server?.finished instanceof Promise)) {
    refuse("serve() has to return { addr, finished, shutdown }");
  }
  await server.finished;
} catch (error) {
  refuse(whyServeFailed(error));
}
