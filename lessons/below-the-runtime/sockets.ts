/** Three connected clients for `poll.ts` and `epoll.ts`, and the descriptors of their connections. */
import { ownAddress } from "../../models/parts/kernel/address.ts";
import { libc } from "../../models/parts/kernel/libc.ts";
import { acceptOne, openListener } from "../../models/parts/kernel/listen_calls.ts";

/** Connects so many clients. */
export async function connectClients(count: number) {
  const listeningSocket = openListener({ hostname: "127.0.0.1", port: 0 }, true);
  const { port } = ownAddress(listeningSocket);
  const clients: Deno.Conn[] = [];
  const connfds: number[] = [];
  for (let i = 0; i < count; i++) {
    clients.push(await Deno.connect({ hostname: "127.0.0.1", port }));
    connfds.push(acceptOne(listeningSocket)!);
  }
  const closeAll = () => {
    for (const client of clients) client.close();
    for (const fd of [...connfds, listeningSocket]) libc().close(fd);
  };
  return { clients, connfds, closeAll };
}
