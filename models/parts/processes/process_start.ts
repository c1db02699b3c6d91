/**
 * How a child process is started: its command line, its permissions, and what it inherits. By way of
 * `node:child_process`, since Deno's own `Deno.Command` hands no descriptor on.
 */
import "../server/proc_needed.ts";
import type { ChildProcess } from "node:child_process";
import type { ServerContext } from "../server_context.ts";

const { spawn } = process.getBuiltinModule("node:child_process");
const { fileURLToPath } = process.getBuiltinModule("node:url");

/** The first argument of a child, by which it knows that it is one. */
export const CHILD = "--child-process";

/**
 * What a child gets of our environment: where Deno keeps its cache, and whether colours are wanted.
 * The last one is here because `spawn` insists on reading it.
 */
const VARIABLES = ["DENO_DIR", "XDG_CACHE_HOME", "HOME", "NO_COLOR", "NODE_V8_COVERAGE"];

/** What a child is told at its start; plain data. */
export interface ProcessStart {
  /** Its name, as WHO and the trace show it. */
  readonly name: string;
  /** What it has in common with the others; each makes memory of its own. */
  readonly shared: Omit<ServerContext["shared"], "memory" | "traceMemory" | "kernel">;
  /** Connections that this process serves at once. */
  readonly maxConnections: number;
}

/**
 * Starts a process. Its standard input is a pipe that ends when this process says so, or ends itself.
 *
 * @param module the file that the child runs; it calls `processMain`.
 * @param listener what the child inherits: the descriptor of a listening socket.
 */
export function startProcess(
  module: string,
  start: ProcessStart,
  listener: { readonly fd: number },
): ChildProcess {
  const permissions = [
    "--no-prompt",
    // The program of the thread that watches for the end, and what it imports.
    `--allow-read=${fileURLToPath(new URL("../", import.meta.url))}`,
    // For `accept`. It needs none to read and write: the socket was opened by another.
    "--allow-ffi",
  ];
  const args = ["run", "--cached-only", ...permissions, module, CHILD, JSON.stringify(start)];
  const child = spawn(Deno.execPath(), args, {
    stdio: ["pipe", "inherit", "inherit", listener.fd, "ipc"],
    env: environment(),
  });
  // The child's end of the pipe goes with it.
  child.stdin?.on("error", () => {});
  return child;
}

function environment(): Record<string, string> {
  const pairs = VARIABLES.map((name) => [name, Deno.env.get(name)]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

/**
 * Looks whether processes may be started.
 *
 * @throws Error that says which permissions are missing.
 */
export function assertMayStart(): void {
  const program = Deno.execPath();
  const needed: Deno.PermissionDescriptor[] = [
    { name: "run", command: program },
    ...VARIABLES.map((variable) => ({ name: "env", variable }) as const),
  ];
  if (needed.some((one) => Deno.permissions.querySync(one).state !== "granted")) {
    throw new Error(`starting processes takes --allow-run=${program} --allow-env=${VARIABLES}`);
  }
}
