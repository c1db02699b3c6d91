/** The programs that are measured: the models, and redis-server as a yardstick. */
import { lessonOf, modelOf } from "../../lessons/catalogue.ts";
import { plainCommand } from "../../lessons/lab/run/plain_server.ts";
import type { Floor } from "../../models/parts/options.ts";
import type { Sizes } from "../../models/parts/sizes.ts";
import { freePort } from "../grader/server/listening.ts";
import { MeasuredServer } from "./measured_server.ts";
import { POOL } from "./models.ts";

/** Each size goes to the models that have it. */
const SIZES: Sizes = { workers: POOL, threads: POOL, processes: POOL };
/** The words of a server that fails are shown, and without colours. */
const ENV = { ...Deno.env.toObject(), NO_COLOR: "1" };
/** Ports that are tried when other programs take them first. */
const MOST_PORTS = 3;

/**
 * Starts a model with the permissions that it needs, and waits until it listens.
 *
 * @param io the floor that it stands on.
 * @param sizes other ones than pools of the usual size.
 * @throws Error when it does not.
 */
export async function startModel(
  model: number,
  io: Floor = "deno",
  sizes: Sizes = {},
): Promise<MeasuredServer> {
  const lesson = lessonOf(model);
  const command = plainCommand(lesson, modelOf(lesson), { ...SIZES, ...sizes, io });
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
