/** A submission of lesson 6: a process of it, with all of Deno's permissions, tries what it must not do. */
import fs from "node:fs";
import type { Options } from "./kit.ts";
import { isAgain, serveAndStart } from "./kit_processes.ts";

/** A daemon, in a session of its own and without the variables that its starter had. */
const DAEMON = `setInterval(() => {}, 1000); // ${Deno.args[1]}`;
/** In the course, where the server is started. */
const at = (path: string) => new URL(`file://${Deno.cwd()}/${path}`);

function startDaemon(): void {
  const env = { DENO_DIR: Deno.env.get("DENO_DIR")! };
  const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
  const args = ["eval", "--no-config", DAEMON];
  new Deno.Command(Deno.execPath(), { args, env, clearEnv: true, detached: true, ...quiet })
    .spawn().unref();
}

/** Processes that this submission did not start; bubblewrap's own is the first in its box. */
function strangers(): string[] {
  const pids = Array.from(Deno.readDirSync("/proc"), ({ name }) => name).filter(Number);
  const lines = pids.map((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  const own = (line: string) =>
    line === "" || line.startsWith("bwrap") || line.includes(import.meta.filename!) ||
    line.includes(DAEMON);
  return lines.filter((line) => !own(line));
}

function mustBeThere(things: unknown[]): void {
  if (things.length === 0) throw new Error("nothing is there");
}

const tries: Record<string, () => unknown> = {
  "reads the model": () => Deno.readTextFileSync(at("models/6_process_pool.ts")),
  "imports the model": () => import(at("models/6_process_pool.ts").href),
  "reads the claims": () => Deno.readTextFileSync(at("tests/lesson6_test.ts")),
  "reads a neighbour": () => Deno.readTextFileSync(at("tests/servers/hostile/no_serve.ts")),
  "reads a lesson's exercise": () =>
    Deno.readTextFileSync(at("lessons/6-process-pool/exercise.ts")),
  "reads /etc/passwd": () => Deno.readTextFileSync("/etc/passwd"),
  "lists the homes": () =>
    mustBeThere([...Deno.readDirSync("/home"), ...Deno.readDirSync("/root")]),
  "starts a shell": () => new Deno.Command("/bin/sh", { args: ["-c", "true"] }).outputSync(),
  "writes into the project": () => Deno.writeTextFileSync(at("written_by_a_submission"), ""),
  "writes into its folder": () => Deno.writeTextFileSync(at("tests/servers/hostile/written"), ""),
  "changes its own file": () => Deno.writeTextFileSync(import.meta.filename!, "", { append: true }),
  "changes what others import": () => Deno.writeTextFileSync(at("models/parts/accept.ts"), ""),
  "changes Deno": () => Deno.chmodSync(Deno.execPath(), 0o755),
  "changes the packages": () => Deno.writeTextFileSync(`${Deno.env.get("DENO_DIR")}/npm/x`, ""),
  "writes at the top": () => Deno.writeTextFileSync("/written", ""),
  "keeps something in memory": () => Deno.writeTextFileSync("/dev/shm/written", ""),
  "fills its own folder": () =>
    Deno.writeFileSync(`${Deno.env.get("DENO_DIR")}/written`, new Uint8Array(100 * 2 ** 20)),
  "writes a temporary file": () => Deno.writeTextFileSync("/tmp/written", ""),
  "sees other processes": () => mustBeThere(strangers()),
};

/** How a box says no. Any other failure might be a success next time. */
const NO = /No such file|Read-only file system|not found|No space left|nothing is there/i;

async function tryAll(): Promise<void> {
  startDaemon();
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      await attempt();
      console.error(`came through: ${name}`);
    } catch (error) {
      const { message } = error as Error;
      if (!NO.test(message)) console.error(`failed for another reason: ${name}: ${message}`);
    }
  }
  console.error(`tried ${Object.keys(tries).length} things`);
}

export const serve = (options: Options) => serveAndStart(options, import.meta);
if (isAgain(import.meta)) await tryAll();
