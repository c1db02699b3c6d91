/** The handle that every model's `serve()` returns. */
import type { Server } from "./options.ts";
import type { ServerContext } from "./server_context.ts";

/** A server's listening socket. An `Acceptor` is one. */
export interface Listening {
  /** The address that the server listens on. */
  readonly addr: Deno.NetAddr;
  /** The main thread's context. */
  readonly context: ServerContext;
  /** Stops listening. */
  close(): void;
}

/**
 * Makes the handle of a server that runs already.
 *
 * @param listening the server's listening socket.
 * @param finished settles when everything of the server is gone.
 * @param stop is called once, at the first `shutdown()`, when business was let go and the listening
 *   socket is closed; it makes the rest come to an end.
 */
export function serverHandle(
  listening: Listening,
  finished: Promise<void>,
  stop: () => void,
): Server {
  let stopped = false;
  const over = finished.finally(() => listening.context.endTrace());
  return {
    addr: listening.addr,
    finished: over,
    shutdown() {
      if (!stopped) {
        stopped = true;
        listening.context.state.stop();
        listening.close();
        stop();
      }
      return over;
    },
  };
}
