/** A worker of the pool, from the inside. The other side is `../worker_pool.ts`. */
import type { Reply, Request } from "../protocol/protocol.ts";
import type { ServerContext } from "../server_context.ts";
import { threadMain } from "../thread.ts";
import { JobQueue } from "./job_queue.ts";

/** What a worker is told at its start. */
export interface WorkerStart {
  /** The memory of `JobQueue`. */
  readonly memory: SharedArrayBuffer;
  /** Which worker it is, from 1. */
  readonly number: number;
}

/**
 * Makes a module the program of the pool's workers.
 *
 * @param meta the module's `import.meta`.
 * @param business what a worker does with one request; it may block.
 */
export function workerMain(
  meta: ImportMeta,
  business: (context: ServerContext, request: Request, connection: number) => Reply,
): void {
  threadMain<WorkerStart>(meta, (context, { memory, number }) => {
    const queue = new JobQueue(memory, number);
    for (let job = queue.take(); job !== undefined; job = queue.take()) {
      const { requests, connection } = job;
      queue.finish(job, repliesTo(requests, (request) => business(context, request, connection)));
      context.kernel?.ringMain();
    }
  });
}

/** The replies in their order; behind a last one there is none. */
function repliesTo(requests: readonly Request[], run: (request: Request) => Reply): Reply[] {
  const replies: Reply[] = [];
  for (const request of requests) {
    const reply = run(request);
    replies.push(reply);
    if (reply?.last) break;
  }
  return replies;
}
