/** The time that measuring one model may take, so that a server that hangs holds up nobody else. */
import { endServers } from "./measured_server.ts";

/** The dearest model takes less than a third of it on two idle cores. */
const LIMIT_MS = 60_000;

/** Does something in bounded time; afterwards no server is left of it, however it went. */
export async function limited<T>(measure: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`not done in ${LIMIT_MS / 1000} s`)),
    LIMIT_MS,
  );
  const measured = measure();
  // What is given up fails when its server has gone, and nobody waits for it any more.
  measured.catch(() => {});
  try {
    return await Promise.race([measured, late]);
  } finally {
    clearTimeout(timer);
    endServers();
  }
}
