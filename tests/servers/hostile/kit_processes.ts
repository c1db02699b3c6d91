/** What hostile submissions of lesson 6 share: a server, and programs of their own beside it. */
import { type Options, type Running, serveEach } from "./kit.ts";

/** The argument by which a file knows that it was started by itself. */
const AGAIN = "again";

/**
 * Starts the file once more, with every permission: who may start Deno may give it any.
 *
 * @param word what it is told.
 */
export function startAgain(file: ImportMeta, word = ""): void {
  const args = ["run", "-A", "--no-config", "--no-lock", file.filename!, AGAIN, word];
  new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "null", detached: true })
    .spawn().unref();
}

/** Whether this is the file once more. */
export function isAgain(file: ImportMeta): boolean {
  return file.main && Deno.args[0] === AGAIN;
}

/** A server that answers nobody, and the file once more; that is told the server's port. */
export function serveAndStart(options: Options, file: ImportMeta): Running {
  startAgain(file, `${options.port}`);
  return serveEach(options, () => {});
}
