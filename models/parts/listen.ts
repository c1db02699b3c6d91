/**
 * What a model listens with. There are two floors to stand on, and what is above them is the same:
 *
 * - `deno`: `Deno.listen`. Deno's own loop waits for all sockets, whatever the model; a model that
 *   blocks for one socket looks at one promise. Everywhere.
 * - `kernel`: the system calls themselves, `accept4`, `recv`, `send`, `epoll_wait`, see `kernel/`. A
 *   model that blocks does block its thread. Linux, and with `--allow-ffi`.
 */
import type { AcceptedSocket, ListeningSocket } from "./accept.ts";
import { type Address, listenToBlock, listenToMultiplex } from "./kernel/kernel_listen.ts";
import type { ServerContext } from "./server_context.ts";

/**
 * Listens for a thread that waits for one socket at a time.
 *
 * @throws what `Deno.listen` throws.
 */
export function listenForOne(
  address: Address,
  context: ServerContext,
): ListeningSocket<AcceptedSocket> {
  return context.kernel === undefined ? Deno.listen({ ...address }) : listenToBlock(address);
}

/**
 * Listens for a thread that waits for many sockets at once.
 *
 * @throws what `Deno.listen` throws.
 */
export function listenForMany(
  address: Address,
  context: ServerContext,
): ListeningSocket<AcceptedSocket> {
  return context.kernel === undefined ? Deno.listen({ ...address }) : listenToMultiplex(address);
}
