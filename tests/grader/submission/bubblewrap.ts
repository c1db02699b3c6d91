/**
 * Bubblewrap: a box for a program that is not Deno's to contain, on Linux with the package
 * `bubblewrap`, from version 0.7 on. The program can write nowhere but in a folder of its own, which
 * goes with it; it sees no other processes, and all that it starts ends with it.
 *
 * The network is shared with the grader, which has to connect: so the program reaches other servers,
 * on this machine and elsewhere.
 */
import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { submissionDenoDir } from "./deno_folder.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** What a submission is not to see: the models, and the claims' experiments. */
const HIDDEN = ["models", "tests", ".git"].map((name) => `${ROOT}${name}`);
const PARTS = `${ROOT}models/parts`;

/** No namespace of the grader's but the network's, and no life beyond the grader's. */
const APART = ["--unshare-all", "--share-net", "--die-with-parent", "--new-session"];
/** Where the system has the libraries that Deno is linked with. No program is among them. */
const LIBRARIES = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/nix/store"];
/** Deno's caches, all that a submission can write to in its box: without, each start of Deno waits. */
const DENO_DIR = "/deno_dir";
/** A folder that can be written to is in memory, gone with the box, and not larger than that. */
const FOLDER_BYTES = 64 * 2 ** 20;

/**
 * A submission in its box, which has nothing but Deno, the packages that all may import, and the
 * files that are named: no other student's file is there to be read, and no shell to be started.
 *
 * @param command Deno's command line.
 * @param files what it may read.
 * @param denoDir a DENO_DIR with the packages.
 */
export function boxedSubmission(
  command: readonly string[],
  files: readonly string[],
  denoDir: string,
): string[] {
  const packages = realpathSync(`${denoDir}/npm`);
  return [
    "bwrap",
    ...LIBRARIES.flatMap((path) => ["--ro-bind-try", path, path]),
    ...["--dev", "/dev", "--proc", "/proc"],
    ...[command[0], ...files].flatMap((path) => ["--ro-bind", path, path]),
    ...[...emptyFolder(DENO_DIR), "--setenv", "DENO_DIR", DENO_DIR],
    ...["--ro-bind", packages, `${DENO_DIR}/npm`],
    ...["--remount-ro", "/", "--remount-ro", "/dev"],
    ...APART,
    "--",
    ...command,
  ];
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

function emptyFolder(path: string): string[] {
  return ["--size", `${FOLDER_BYTES}`, "--tmpfs", path];
}

/**
 * A command in its box: bubblewrap's own command line, to be started instead. It sees the machine,
 * but not the course's models and tests: what may be read there, it can read. It can write to the
 * three folders in which programs expect to, and they are its own.
 */
export function bubblewrap(command: readonly string[]): string[] {
  // The folder of temporary files is a new one, but for what the command itself names there.
  const named = command.filter((word) => word.startsWith("/tmp/")).map(dirname);
  const shown = [ROOT, ...named.filter((folder) => folder !== "/tmp")];
  const hidden = HIDDEN.filter((path) => existsSync(path));
  return [
    "bwrap",
    ...["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"],
    ...[...emptyFolder("/tmp"), ...emptyFolder("/run"), ...emptyFolder("/dev/shm")],
    ...shown.flatMap((folder) => ["--ro-bind", folder, folder]),
    // In a worktree and in a submodule `.git` is a file.
    ...hidden.flatMap((path) =>
      isFolder(path) ? ["--tmpfs", path] : ["--ro-bind", "/dev/null", path]
    ),
    ...["--ro-bind", PARTS, PARTS],
    ...["/dev", ...hidden.filter(isFolder)].flatMap((path) => ["--remount-ro", path]),
    ...APART,
    "--",
    ...command,
  ];
}

let works: boolean | undefined;

/** Whether there is a bubblewrap here that may make a submission's box. */
export function bubblewrapWorks(): boolean {
  return works ??= makesABox();
}

function makesABox(): boolean {
  const deno = [Deno.execPath(), "--version"];
  const [program, ...args] = boxedSubmission(deno, [], submissionDenoDir());
  try {
    const { success } = new Deno.Command(program, { args, stdout: "null", stderr: "null" })
      .outputSync();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
