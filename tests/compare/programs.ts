/** The programs that are measured: the models, and redis-server as a yardstick. */
import { fileURLToPath } from "node:url";
import type { ServeOptions } from "../../models/parts/options.ts";
import { referenceTarget, startsProcesses } from "../grader/claims.ts";
import { TO_START_PROCESSES } from "../grader/command_line.ts";
import { freePort } from "../grader/listening.ts";
import { MeasuredServer } from "./measured_server.ts";
import { POOL } from "./models.ts";

const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const PROGRAM = fileURLToPath(new URL("serve_model.ts", import.meta.url));
/** Each size goes to the models that have it. */
const OPTIONS: ServeOptions = { workers: POOL, threads: POOL, processes: POOL };
/** The words of a server that fails are shown, and without colours. */
const ENV = { ...Deno.env.toObject(), NO_COLOR: "1" };
/** Ports that are tried when other programs take them first. */
const MOST_PORTS = 3;

/**
 * Starts a model with the permissions that it needs, and waits until it listens.
 *
 * @throws Error when it does not.
 */
export async function startModel(model: number): Promise<MeasuredServer> {
  const { url } = referenceTarget(model) as { url: string };
  const command = [
    ...[Deno.execPath(), "run", "--no-prompt", "--cached-only"],
    ...["--allow-net=127.0.0.1", `--allow-read=${MODELS}`],
    ...startsProcesses(model) ? TO_START_PROCESSES : [],
    ...[PROGRAM, url, JSON.stringify(OPTIONS)],
  ];
  return await MeasuredServer.start(
    { command, env: ENV },
    /^listening on (\d+)\n/,
  );
}

/**
 * Starts redis-server, such that it writes nothing to a disk.
 *
 * @throws Error when it does not start, or is not installed.
 */
export async function startRedis(): Promise<MeasuredServer> {
  const flags = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  for (let tries = 1;; tries++) {
    const port = freePort();
    const command = ["redis-server", "--port", `${port}`, ...flags];
    const program = { command, env: ENV };
    try {
      return await MeasuredServer.start(program, /Ready to accept connections/, port);
    } catch (error) {
      // Somebody may have taken the port meanwhile.
      if (tries === MOST_PORTS) throw error;
    }
  }
}
