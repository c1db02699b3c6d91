/** How a target is started: the command line, the folder, and the variables that it gets. */
import { fileURLToPath } from "node:url";
import { DEFAULTS, IDLE_TIMEOUT_MS } from "../../../models/parts/sizes.ts";
import { TO_START_PROCESSES } from "../../../lessons/lab/run/to_start_processes.ts";
import { commandWords } from "../../../lessons/tools/command_words.ts";
import { boxedSubmission, bubblewrap } from "../submission/bubblewrap.ts";
import { submissionDenoDir } from "../submission/deno_folder.ts";
import { registryVariable } from "../submission/npm_registry.ts";
import type { Program } from "./process_group.ts";
import { STOP_THREAD } from "./stop_watch.ts";
import { type Sizes, type Target, TargetError } from "./target.ts";

const ROOT = new URL("../../../", import.meta.url);
const [CONFIG, LOCK] = ["deno.json", "deno.lock"].map((name) => fileURLToPath(new URL(name, ROOT)));
const HOST = fileURLToPath(new URL("host.ts", import.meta.url));

/**
 * What a place stands for when the experiment leaves that size open: what the models have then, but
 * for what depends on the machine.
 */
const USUAL: Required<Sizes> = {
  ...DEFAULTS,
  threads: 4,
  processes: 4,
  idleTimeoutMs: IDLE_TIMEOUT_MS.usual,
  handover: "descriptor",
};

/** Variables by which programs find their parts and their language. No token is among them. */
const PASSED = /^(\w*PATH|\w+_(HOME|ROOT|DIR)|HOME|USER|LOGNAME|SHELL|TMPDIR|TZ|LANG|LC_\w+)$/;

/** What starts the target. */
export function programOf(target: Target, port: number, sizes: Sizes): Program {
  if (target.kind === "file") return submission(target, port, sizes);
  const variables = Object.entries(Deno.env.toObject()).filter(([name]) => PASSED.test(name));
  const command = words(target.command, port, sizes);
  return {
    command: target.sandbox === "bubblewrap" ? bubblewrap(command) : command,
    // Then a command that does not exist would be another program's error message, and not ours.
    tied: false,
    cwd: ROOT,
    env: Object.fromEntries(variables),
  };
}

/** A file, with the fewest permissions that a server needs. */
function submission(
  target: Extract<Target, { kind: "file" }>,
  port: number,
  sizes: Sizes,
): Program {
  const { config = CONFIG, reads: own = [new URL(".", target.url).href] } = target;
  const onKernel = target.io === "kernel";
  const reads = [new URL("models/parts", ROOT), ...own, ...onKernel ? [STOP_THREAD] : []].map(
    pathOf,
  );
  const permissions = [
    "--no-prompt",
    "--cached-only",
    "--no-remote",
    "--deny-import",
    // Port 0: a socket of the server's own, on which it tries out what this platform can do.
    `--allow-net=127.0.0.1:${port},127.0.0.1:0`,
    `--allow-read=${reads}`,
    ...target.processes === undefined ? [] : TO_START_PROCESSES,
    ...onKernel ? ["--allow-ffi"] : [],
  ];
  const options = JSON.stringify({ hostname: "127.0.0.1", port, ...sizes, io: target.io });
  const program = ["--config", config, HOST, target.url, options];
  const command = [Deno.execPath(), "run", ...permissions, ...program];
  const denoDir = submissionDenoDir();
  return {
    command: target.processes === "boxed"
      ? boxedSubmission(command, [config, LOCK, HOST, ...reads], denoDir)
      : command,
    tied: true,
    cwd: ROOT,
    env: { ...registryVariable(), DENO_DIR: denoDir, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
  };
}

/** Deno's flags take a comma for the end of a path, and know no way to write one. */
function pathOf(url: URL | string): string {
  const path = fileURLToPath(url);
  if (path.includes(",")) throw new TargetError(`cannot run with a comma in a path: ${path}`);
  return path;
}

/** Where a size goes in a command line: `{max_connections}`. */
function placeOf(size: keyof Sizes): string {
  return `{${size.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}}`;
}

/** The sizes that the target is told: of a command, those for which it has a place. */
export function toldSizes(target: Target, sizes: Sizes): Sizes {
  if (target.kind === "file") return sizes;
  const names = Object.keys(sizes) as (keyof Sizes)[];
  const told = names.filter((name) => target.command.includes(placeOf(name)));
  return Object.fromEntries(told.map((name) => [name, sizes[name]]));
}

/** The command's words, with the values put in. */
function words(command: string, port: number, sizes: Sizes): string[] {
  const names = Object.keys(USUAL) as (keyof Sizes)[];
  const all = { ...USUAL, ...sizes };
  const places = names.map((name): [string, string] => [placeOf(name), `${all[name]}`]);
  return commandWords(command, new Map([["{port}", `${port}`], ...places]));
}
