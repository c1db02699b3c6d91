/**
 * Model 3 and model 4 for broken servers: the models' own loops, but for what a server does otherwise.
 * Events of a kind that it names are kept from the model, and it gets them itself.
 */
import { eventLoop as eventLoop3 } from "../../../../models/3_io_multiplexing.ts";
import { eventLoop as eventLoop4 } from "../../../../models/4_worker_pool.ts";
import { type Accepted, openConnection } from "../../../../models/parts/accept.ts";
import type { ByteStream } from "../../../../models/parts/sockets/byte_stream.ts";
import type { Connection } from "../../../../models/parts/connection.ts";
import type { ServeOptions } from "../../../../models/parts/options.ts";
import { type Ready, Selector } from "../../../../models/parts/selector.ts";
import type { ServerContext } from "../../../../models/parts/server_context.ts";
import { type Done, WorkerPool } from "../../../../models/parts/worker_pool.ts";
import { listen, type Running } from "./common.ts";

/** The file of model 4 is the program of its workers as well. */
export const POOL_WORKER: string =
  new URL("../../../../models/4_worker_pool.ts", import.meta.url).href;

/** What a loop is made of. */
export interface Loop<M = never> {
  readonly selector: Selector<M>;
  readonly context: ServerContext;
}

/** What a server does otherwise than its model. */
export interface Otherwise<M = never> {
  /** The model gets this one instead. */
  accepted?(accepted: Accepted<ByteStream>): Accepted<ByteStream>;
  accept?(connection: Connection): Promise<void> | void;
  readable?(connection: Connection): Promise<void> | void;
  written?(connection: Connection): Promise<void> | void;
  message?(message: M): Promise<void> | void;
}

/** Keeps from the model what the server does otherwise. */
class OtherwiseSelector<M> extends Selector<M> {
  otherwise: Otherwise<M> = {};

  constructor(readonly context: ServerContext) {
    super();
  }

  override async wait(): Promise<Ready<M>[]> {
    const forTheModel: Ready<M>[] = [];
    for (const ready of await super.wait()) {
      const rest = await this.#take(ready);
      if (rest !== undefined) forTheModel.push(rest);
    }
    return forTheModel;
  }

  /** @returns what is left for the model to do. */
  async #take(ready: Ready<M>): Promise<Ready<M> | undefined> {
    const { otherwise } = this;
    if (ready.kind === "accept") {
      const accepted = otherwise.accepted?.(ready.accepted) ?? ready.accepted;
      if (otherwise.accept === undefined) return { kind: "accept", accepted };
      await otherwise.accept(openConnection(accepted, this.context));
    } else if (otherwise[ready.kind] === undefined) return ready;
    else if (ready.kind === "message") await otherwise.message?.(ready.message);
    else await otherwise[ready.kind]?.(ready.connection);
  }
}

/** Model 3, but for what `change` returns. */
export function serveModel3(
  options: ServeOptions,
  change: (loop: Loop) => Otherwise,
): Running {
  const { acceptor, context } = listen(options);
  const selector = new OtherwiseSelector<never>(context);
  selector.otherwise = change({ selector, context });
  selector.watchListener(acceptor);
  return { finished: eventLoop3(selector, context) };
}

/** Something that takes a request, and posts its reply to the loop later. */
export type Submits = Pick<WorkerPool, "submit">;

/** Model 4 with this pool, but for what else `change` returns. */
export function serveModel4(
  options: ServeOptions,
  change: (loop: Loop<Done>) => Otherwise<Done> & { readonly pool: Submits },
): Running {
  const { acceptor, context } = listen(options);
  const selector = new OtherwiseSelector<Done>(context);
  const { pool, ...otherwise } = change({ selector, context });
  selector.otherwise = otherwise;
  selector.watchListener(acceptor);
  // The loop never ends, so all that it asks of its pool is to take requests.
  return { finished: eventLoop4(selector, pool as WorkerPool, context) };
}

/**
 * Starts so many workers.
 *
 * @param onDone gets each reply. Default: it is posted to the loop.
 * @param module what the workers run. Default: model 4's business.
 */
export function startPool(
  { selector, context }: Loop<Done>,
  workers = 4,
  onDone = (done: Done) => selector.post(done),
  module = POOL_WORKER,
): WorkerPool {
  return new WorkerPool(module, workers, context, onDone);
}
