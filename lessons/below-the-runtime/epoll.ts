/** `epoll`: the kernel keeps the list, and tells what is ready. Level-triggered, and edge-triggered. */
import { Epoll, EPOLLIN } from "../../models/parts/kernel/epoll.ts";
import { libc } from "../../models/parts/kernel/libc.ts";
import { connectClients } from "./sockets.ts";

const EPOLLET = 2 ** 31, AT_ONCE = 0;
const { clients, connfds, closeAll } = await connectClients(3);

/** Asks what is ready now. */
function wait(epoll: Epoll): string {
  const ready: number[] = [];
  epoll.wait(AT_ONCE, (fd) => ready.push(connfds.indexOf(fd) + 1));
  return ready.length === 0 ? "nothing is ready" : `connfd ${ready.join(", ")} can be read`;
}

for (const [name, how] of [["level", EPOLLIN], ["edge", EPOLLIN + EPOLLET]] as const) {
  const epoll = new Epoll();
  for (const fd of connfds) epoll.add(fd, how);
  console.log(`${name}: ${wait(epoll)}`);
  await clients[1].write(new TextEncoder().encode("hello"));
  console.log(`${name}: client 2 has sent 5 bytes: ${wait(epoll)}`);
  const buffer = new Uint8Array(5);
  libc().recv(connfds[1], buffer, 2n, 0);
  console.log(`${name}: 2 of them are read: ${wait(epoll)}`);
  libc().recv(connfds[1], buffer, 3n, 0);
  console.log(`${name}: all are read: ${wait(epoll)}`);
  epoll.close();
}
closeAll();
