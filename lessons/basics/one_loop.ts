/** One thread waits for several sockets at once, and serves whichever is ready. */
const SOCKETS = 3;
const listeningSocket = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const { port } = listeningSocket.addr as Deno.NetAddr;
const clients: Deno.Conn[] = [];
const connfds: Deno.Conn[] = [];
for (let i = 0; i < SOCKETS; i++) {
  clients.push(await Deno.connect({ hostname: "127.0.0.1", port }));
  connfds.push(await listeningSocket.accept());
}

/** Starts a read; settles when connfd number i+1 has something. */
async function nextRead(i: number): Promise<{ i: number; text: string }> {
  const buffer = new Uint8Array(100);
  const count = await connfds[i].read(buffer) ?? 0;
  return { i, text: new TextDecoder().decode(buffer.subarray(0, count)) };
}

const waiting = new Map(connfds.map((_, i) => [i, nextRead(i)]));
for (const sender of [3, 1, 2]) {
  await clients[sender - 1].write(new TextEncoder().encode(`hello from client ${sender}`));
  console.log(`loop: waits for ${waiting.size} sockets at once`);
  const { i, text } = await Promise.race(waiting.values());
  console.log(`loop: connfd ${i + 1} is ready, read "${text}"`);
  waiting.set(i, nextRead(i));
}

for (const socket of [...clients, ...connfds, listeningSocket]) socket.close();
await Promise.allSettled(waiting.values());
