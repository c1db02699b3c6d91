/** Pools of threads, each as one function: a job goes to a worker, and its reply comes back. */
import { fileURLToPath } from "node:url";
import { Connection } from "../../../models/parts/connection.ts";
import type { Request } from "../../../models/parts/protocol/protocol.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";
import { WorkerPool } from "../../../models/parts/worker_pool.ts";
import { MemoryStream } from "../../of_parts/fakes.ts";

/** The names of the pools. */
export const POOLS = ["models", "piscina", "tinypool"] as const;

/** One trip: there and back. Trips of several numbers, from 0, may be under way at once. */
export type Trip = (number: number) => Promise<unknown>;

const JOB = fileURLToPath(new URL("job.mjs", import.meta.url));
const PROGRAM = new URL("job_program.ts", import.meta.url).href;
const PING: Request = { name: "PING", words: [new TextEncoder().encode("PING")] };

/** Starts a pool of so many workers, which end with the program. */
export async function startPool(name: typeof POOLS[number], workers: number): Promise<Trip> {
  const size = { filename: JOB, minThreads: workers, maxThreads: workers };
  if (name === "piscina") {
    const { Piscina } = await import("piscina");
    const pool = new Piscina(size);
    return () => pool.run(undefined);
  }
  if (name === "tinypool") {
    const { Tinypool } = await import("tinypool");
    const pool = new Tinypool(size);
    return () => pool.run(undefined);
  }
  return modelsPool(workers);
}

/** The pool of model 4, without its sockets. */
function modelsPool(workers: number): Trip {
  const context = ServerContext.forMain("trip", { workers }, {});
  const waiting = new Map<Connection, (reply: unknown) => void>();
  const pool = new WorkerPool(PROGRAM, workers, context, ({ connection, reply }) => {
    waiting.get(connection)?.(reply);
  });
  const connections: Connection[] = [];
  return (number) => {
    const connection = connections[number] ??= new Connection(new MemoryStream(), {
      id: number + 1,
      idleTimeoutMs: 0,
    });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    waiting.set(connection, resolve);
    pool.submit(connection, PING);
    return promise;
  };
}
