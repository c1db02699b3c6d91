/**
 * Bubblewrap: a box for a command that is not Deno's to contain, on Linux with the package
 * `bubblewrap`. The command sees the machine read-only, without the course's models and tests and
 * without other processes, and all that it starts ends with it.
 *
 * The network is shared with the grader, which has to connect: so the command reaches other
 * servers, on this machine and elsewhere. And what may be read on this machine, it can read.
 */
import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What a submission is not to see: the models, and the claims' experiments. */
const HIDDEN = ["models", "tests", ".git"].map((name) => `${ROOT}${name}`);
/** What of it a submission needs: what it imports, and the program that imports it. */
const NEEDED = [`${ROOT}models/parts`, `${ROOT}tests/grader/host.ts`];

/** Where Deno keeps its caches in a box: a place that can be written to, or each start waits for it. */
const BOXED_DENO_DIR = "/tmp/deno";

/**
 * The command in its box: bubblewrap's own command line, to be started instead.
 *
 * @param denoDir a DENO_DIR whose packages the command may use.
 */
export function bubblewrap(command: readonly string[], denoDir?: string): string[] {
  const caches = denoDir === undefined ? [] : [
    ...["--dir", BOXED_DENO_DIR, "--setenv", "DENO_DIR", BOXED_DENO_DIR],
    ...["--symlink", realpathSync(`${denoDir}/npm`), `${BOXED_DENO_DIR}/npm`],
  ];
  // The folder of temporary files is a new one, but for what the command itself names there.
  const named = command.filter((word) => word.startsWith("/tmp/")).map(dirname);
  const shown = [ROOT, ...named.filter((folder) => folder !== "/tmp")];
  const hidden = HIDDEN.filter((path) => existsSync(path));
  return [
    "bwrap",
    ...["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"],
    ...["--tmpfs", "/tmp", "--tmpfs", "/run"],
    ...shown.flatMap((folder) => ["--ro-bind", folder, folder]),
    ...hidden.flatMap((folder) => ["--tmpfs", folder]),
    ...NEEDED.flatMap((path) => ["--ro-bind", path, path]),
    ...caches,
    ...["--unshare-all", "--share-net", "--die-with-parent", "--new-session"],
    "--",
    ...command,
  ];
}

let works: boolean | undefined;

/** Whether there is bubblewrap here, and it may make a box. */
export function bubblewrapWorks(): boolean {
  return works ??= makesABox();
}

function makesABox(): boolean {
  const [program, ...args] = bubblewrap(["true"]);
  try {
    const { success } = new Deno.Command(program, { args, stdout: "null", stderr: "null" })
      .outputSync();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
