/** How a target is started: the command line, the folder, and the variables that it gets. */
import { fileURLToPath } from "node:url";
import { boxedSubmission, bubblewrap } from "./bubblewrap.ts";
import { submissionDenoDir } from "./deno_folder.ts";
import type { Program } from "./processes.ts";
import type { Sizes, Target } from "./target.ts";
import { TargetError } from "./target_error.ts";

const ROOT = new URL("../../", import.meta.url);
const [CONFIG, LOCK] = ["deno.json", "deno.lock"].map((name) => fileURLToPath(new URL(name, ROOT)));
const HOST = fileURLToPath(new URL("host.ts", import.meta.url));

/** Where each size goes in a command line. */
const PLACES: Readonly<Record<keyof Sizes, string>> = {
  workers: "{workers}",
  threads: "{threads}",
  processes: "{processes}",
  maxEventThreads: "{max_event_threads}",
  maxConnections: "{max_connections}",
  idleTimeoutMs: "{idle_timeout_ms}",
  handover: "{handover}",
};

/** What a place stands for when the experiment leaves that size open: what the models have then. */
const USUAL: Required<Sizes> = {
  workers: 4,
  threads: 4,
  processes: 4,
  maxEventThreads: 64,
  maxConnections: 1000,
  idleTimeoutMs: 300_000,
  handover: "descriptor",
};

/** Variables by which programs find their parts and their language. No token is among them. */
const PASSED = /^(\w*PATH|\w+_(HOME|ROOT|DIR)|HOME|USER|LOGNAME|SHELL|TMPDIR|TZ|LANG|LC_\w+)$/;

/** What `models/parts/process_start.ts` asks for. */
export const TO_START_PROCESSES = [
  `--allow-run=${Deno.execPath()}`,
  "--allow-env=DENO_DIR,XDG_CACHE_HOME,HOME,NO_COLOR,NODE_V8_COVERAGE",
];

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
  const own = target.reads ?? [new URL(".", target.url).href];
  const reads = [new URL("models/parts", ROOT), target.url, ...own].map(pathOf);
  const permissions = [
    "--no-prompt",
    "--cached-only",
    "--no-remote",
    "--deny-import",
    // Port 0: a socket of the server's own, on which it tries out what this platform can do.
    `--allow-net=127.0.0.1:${port},127.0.0.1:0`,
    `--allow-read=${reads}`,
    ...target.processes === undefined ? [] : TO_START_PROCESSES,
  ];
  const options = JSON.stringify({ hostname: "127.0.0.1", port, ...sizes });
  const program = ["--config", CONFIG, HOST, target.url, options];
  const command = [Deno.execPath(), "run", ...permissions, ...program];
  const denoDir = submissionDenoDir();
  return {
    command: target.processes === "boxed"
      ? boxedSubmission(command, [CONFIG, LOCK, HOST, ...reads], denoDir)
      : command,
    tied: true,
    cwd: ROOT,
    env: { DENO_DIR: denoDir, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
  };
}

/** Deno's flags take a comma for the end of a path, and know no way to write one. */
function pathOf(url: URL | string): string {
  const path = fileURLToPath(url);
  if (path.includes(",")) throw new TargetError(`cannot run with a comma in a path: ${path}`);
  return path;
}

/** The sizes that the target is told: of a command, those for which it has a place. */
export function toldSizes(target: Target, sizes: Sizes): Sizes {
  if (target.kind === "file") return sizes;
  const names = Object.keys(sizes) as (keyof Sizes)[];
  const told = names.filter((name) => target.command.includes(PLACES[name]));
  return Object.fromEntries(told.map((name) => [name, sizes[name]]));
}

/** Splits a command at blanks, and puts the values in. A path with blanks stands in quotes. */
function words(command: string, port: number, sizes: Sizes): string[] {
  const names = Object.keys(PLACES) as (keyof Sizes)[];
  const all = { ...USUAL, ...sizes };
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => {
    const word = (quoted ?? plain).replaceAll("{port}", `${port}`);
    return names.reduce((text, name) => text.replaceAll(PLACES[name], `${all[name]}`), word);
  });
}
