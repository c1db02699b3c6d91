/**
 * Pretends to be lesson 3. Wrong: two seconds after the last request it begins to look a thousand times a
 * second whether there is something to do.
 *
 * Whoever looks in the first second sees a loop that waits. All night long it does not.
 *
 * Loses: 3.P3
 */
import { type Address, serveConnection } from "../other_languages/deno_server.ts";
import { Business } from "../other_languages/business.mjs";

const RESTS_MS = 2000;

/** Starts the server. */
export function serve({ hostname, port }: Address) {
  const listener = Deno.listen({ hostname, port });
  const finished = acceptAll(listener, new Restless());
  return { addr: listener.addr, finished, shutdown: () => listener.close() };
}

class Restless extends Business {
  #rest?: ReturnType<typeof setTimeout>;
  #looking?: ReturnType<typeof setInterval>;

  override run(words: Parameters<Business["run"]>[0]) {
    clearTimeout(this.#rest);
    clearInterval(this.#looking);
    this.#rest = setTimeout(() => {
      this.#looking = setInterval(() => {}, 1);
    }, RESTS_MS);
    return super.run(words);
  }
}

async function acceptAll(listener: Deno.TcpListener, business: Business): Promise<void> {
  for await (const connection of listener) {
    serveConnection(connection, (words) => business.run(words));
  }
}
