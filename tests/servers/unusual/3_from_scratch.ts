/**
 * Right for lesson 3, and unusual: Deno with nothing of this project's models. Each connection is an
 * `async` function; what looks like a thread for each is one loop that goes from one to the other.
 */
import { type Address, serveConnection } from "../other_languages/deno_server.ts";
import { Business } from "../other_languages/business.mjs";

/** Starts the server. */
export function serve({ hostname, port }: Address) {
  const listener = Deno.listen({ hostname, port });
  const finished = acceptAll(listener, new Business());
  return { addr: listener.addr, finished, shutdown: () => listener.close() };
}

async function acceptAll(listener: Deno.TcpListener, business: Business): Promise<void> {
  for await (const connection of listener) {
    serveConnection(connection, (words) => business.run(words));
  }
}
