/** TCP is a stream of bytes: what was one write need not be one read, and null is the end. */
const listeningSocket = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const { port } = listeningSocket.addr as Deno.NetAddr;
const client = await Deno.connect({ hostname: "127.0.0.1", port });
const connfd = await listeningSocket.accept();

/** What one read gives, as text in quotes; null when the other side will send no more. */
async function readOnce(from: Deno.Conn, maxBytes: number): Promise<string> {
  const buffer = new Uint8Array(maxBytes);
  const count = await from.read(buffer);
  return count === null ? "null" : `"${new TextDecoder().decode(buffer.subarray(0, count))}"`;
}

async function write(to: Deno.Conn, text: string): Promise<void> {
  await to.write(new TextEncoder().encode(text));
}

console.log('client: one write, "ECHO hello"');
await write(client, "ECHO hello");
for (let i = 0; i < 3; i++) console.log(`server: read ${await readOnce(connfd, 4)}`);

console.log('client: two writes, "PING " and "WHO"');
await write(client, "PING ");
await write(client, "WHO");
// Time for both to arrive, so that what follows is the same in every run.
await new Promise((resolve) => setTimeout(resolve, 200));
console.log(`server: read ${await readOnce(connfd, 100)}`);

console.log("client: half-close, I send no more");
await client.closeWrite();
console.log(`server: read ${await readOnce(connfd, 100)}, and can still write`);
await write(connfd, "+OK");
console.log(`client: read ${await readOnce(client, 100)}`);

console.log("server: one write of 67108864 bytes, and the client reads nothing");
const taken = await connfd.write(new Uint8Array(67_108_864));
console.log(`server: write took ${taken} bytes`);
for (const socket of [client, connfd, listeningSocket]) socket.close();
