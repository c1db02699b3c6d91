/** The handle that every model's `serve()` returns. */
import type { AcceptedSocket, Acceptor } from "./accept.ts";
import type { Server } from "./options.ts";

/**
 * Makes the handle of a server that runs already.
 *
 * @param acceptor the server's listening socket.
 * @param finished settles when everything of the server is gone.
 * @param stop is called once, at the first `shutdown()`, when business was let go and the listening
 *   socket is closed; it makes the rest come to an end.
 */
export function serverHandle<T extends AcceptedSocket>(
  acceptor: Acceptor<T>,
  finished: Promise<void>,
  stop: () => void,
): Server {
  let stopped = false;
  return {
    addr: acceptor.addr,
    finished,
    shutdown() {
      if (!stopped) {
        stopped = true;
        acceptor.context.state.stop();
        acceptor.close();
        stop();
      }
      return finished;
    },
  };
}
