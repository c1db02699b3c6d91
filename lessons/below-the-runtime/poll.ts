/** `poll`: one wait for many sockets. Each call brings the whole list, and looks at all of it. */
import { libc } from "../../models/parts/kernel/libc.ts";
import { connectClients } from "./sockets.ts";

const POLLIN = 1, POLLFD_BYTES = 8;
const { clients, connfds, closeAll } = await connectClients(3);

// `struct pollfd { int fd; short events; short revents; }`, three of them.
const list = new DataView(new ArrayBuffer(connfds.length * POLLFD_BYTES));
connfds.forEach((fd, i) => {
  list.setInt32(i * POLLFD_BYTES, fd, true);
  list.setInt16(i * POLLFD_BYTES + 4, POLLIN, true);
});

for (const sender of [3, 1]) {
  await clients[sender - 1].write(new TextEncoder().encode("hello"));
  const ready = libc().poll(new Uint8Array(list.buffer), BigInt(connfds.length), -1);
  console.log(`poll: asked for ${connfds.length} sockets, ${ready} ready`);
  for (let i = 0; i < connfds.length; i++) {
    const isReady = list.getInt16(i * POLLFD_BYTES + 6, true) !== 0;
    console.log(`  connfd ${i + 1}: ${isReady ? "can be read" : "nothing"}`);
    const buffer = new Uint8Array(100);
    if (isReady) libc().recv(connfds[i], buffer, BigInt(buffer.length), 0);
  }
}
closeAll();
