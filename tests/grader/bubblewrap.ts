/**
 * Bubblewrap: a box for a command that is not Deno's to contain, on Linux with the package
 * `bubblewrap`. The command sees the machine read-only, without the course's models and tests and
 * without other processes, and all that it starts ends with it.
 *
 * The network is shared with the grader, which has to connect: so the command reaches other
 * servers, on this machine and elsewhere. And what may be read on this machine, it can read.
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What a submission is not to see: the models, and the claims' experiments. */
const HIDDEN = ["models", "tests", ".git"].map((name) => `${ROOT}${name}`);
const PARTS = `${ROOT}models/parts`;

/** The command in its box: bubblewrap's own command line, to be started instead. */
export function bubblewrap(command: readonly string[]): string[] {
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
    ...["--ro-bind", PARTS, PARTS],
    ...["--unshare-all", "--share-net", "--die-with-parent", "--new-session"],
    "--",
    ...command,
  ];
}
