/**
 * The program in which a file under test runs, in a process of its own: imports the file and calls
 * its `serve()`. Whatever the file does to this process, the grader sees the server from outside.
 *
 * Arguments: the file's URL, and the options for `serve()` as JSON.
 */
const [file, options] = Deno.args;

/** Says why the file cannot be graded, in one line, and ends. */
function refuse(why: string): never {
  console.error(why);
  Deno.exit(2);
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0];
}

const module = await import(file).catch((error) => refuse(`does not load: ${messageOf(error)}`));
if (typeof module.serve !== "function") refuse("does not export a function named serve");
try {
  await (await module.serve(JSON.parse(options))).finished;
} catch (error) {
  refuse(`serve() failed: ${messageOf(error)}`);
}
