/** A broken server as a program: what its file says of itself, and what starts it. */
import { fileURLToPath } from "node:url";
import type { Run } from "../../lab/run/run.ts";
import { ServerFailed } from "../../lab/run/server_failed.ts";
import type { Scene } from "../../lab/scenes/scene.ts";
import { PROJECT } from "../../tools/task_arguments.ts";

const FOLDER = new URL("tests/servers/broken/", PROJECT);
/** Imports a file and calls its `serve()`, as for a student's. */
const HOST = new URL("tests/grader/server/host.ts", PROJECT);
/** What a file says about one claim: its id, and what the grader's verdict says. */
const LOSES = /^[ *#]*Loses (\d\.[A-Z]\d): /gm;
/** What a file says that it does; at the end of the sentence there may be more. */
const WRONG = /Wrong: ([^]*?)(?=\n[ *#]*\n)/;
/** What a server in another language is told besides its port, by its lesson. */
const SIZES: Readonly<Record<string, string>> = {
  "4": "{workers}",
  "5": "{threads}",
  "6": "{processes}",
  "7": "{threads}",
};
/** Places for what the grader's experiments set. */
const OPTIONS = `{"hostname":"127.0.0.1","port":{port},"workers":{workers},` +
  `"threads":{threads},"processes":{processes},"maxConnections":{max_connections}}`;

/** What a broken server's file says. */
export interface BrokenSource {
  /** The whole text. */
  readonly text: string;
  /** What is wrong, in its own words. */
  readonly wrong: string;
  /** The claims that it loses, by their ids. */
  readonly loses: readonly string[];
}

/** The names of all broken servers' files, in order. */
export function brokenFiles(): string[] {
  return Array.from(Deno.readDirSync(FOLDER)).filter(({ isFile }) => isFile)
    .map(({ name }) => name).sort();
}

/** Its path from the project's folder. */
export function pathOfBroken(file: string): string {
  return `tests/servers/broken/${file}`;
}

/** Reads its file. */
export function brokenSource(file: string): BrokenSource {
  const text = Deno.readTextFileSync(new URL(file, FOLDER));
  const [, wrong = ""] = WRONG.exec(text) ?? [];
  return {
    text,
    wrong: wrong.replace(/\n[ *#]*/g, " ").trim(),
    loses: Array.from(text.matchAll(LOSES), ([, id]) => id),
  };
}

/** The lines on which the place stands, counted from 0: the first, and the one behind the last. */
export function linesOfPlace(text: string, place: string): [first: number, end: number] {
  const first = text.slice(0, text.indexOf(place)).split("\n").length - 1;
  return [first, first + place.split("\n").length];
}

/** Starts it for a run. Throws `ServerFailed`. */
export async function startBroken(run: Run, file: string, sizes: Scene["sizes"]): Promise<void> {
  if (file.endsWith(".ts")) {
    const options = JSON.stringify({ hostname: "127.0.0.1", port: 0, trace: "json", ...sizes });
    return await run.startProgram(hostArguments(file, options));
  }
  await using command = await commandOf(file);
  await run.startCommand(command.text, { ...sizes });
}

/** A command line that starts it, and goes with what was made for it. Throws `ServerFailed`. */
export async function commandOf(file: string): Promise<AsyncDisposable & { text: string }> {
  const path = fileURLToPath(new URL(file, FOLDER));
  const size = SIZES[file[0]] ?? "";
  if (file.endsWith(".c")) return await compiled(path, size);
  const words = file.endsWith(".py")
    ? ["python3", "-B", path]
    : [Deno.execPath(), ...hostArguments(file, OPTIONS)];
  const told = file.endsWith(".py") ? ` {port} ${size}` : "";
  return { text: words.map(quoted).join(" ") + told, [Symbol.asyncDispose]: async () => {} };
}

/** Compiled into a folder of its own, which may go as soon as the program runs. */
async function compiled(path: string, size: string): Promise<AsyncDisposable & { text: string }> {
  const folder = await Deno.makeTempDir({ prefix: "connfd-fault-" });
  const remove = () => Deno.remove(folder, { recursive: true });
  try {
    const args = [..."-std=gnu11 -O1 -pthread -o".split(" "), `${folder}/server`, path];
    const { success, stderr } = await new Deno.Command("cc", { args, stdin: "null" }).output();
    if (!success) throw new ServerFailed(new TextDecoder().decode(stderr).split("\n")[0]);
  } catch (error) {
    await remove();
    throw error instanceof Deno.errors.NotFound ? new ServerFailed("cc is not there") : error;
  }
  return { text: `${quoted(`${folder}/server`)} {port} ${size}`, [Symbol.asyncDispose]: remove };
}

/** It may do what this program may: it is the project's own. */
function hostArguments(file: string, options: string): string[] {
  return [
    ..."run --no-prompt --no-check -A".split(" "),
    HOST.href,
    new URL(file, FOLDER).href,
    options,
  ];
}

/** One word of a command line. */
function quoted(word: string): string {
  return `'${word}'`;
}
