/** Connect succeeds though nobody accepts: the kernel keeps the client in the accept queue. */
const listeningSocket = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const { port } = listeningSocket.addr as Deno.NetAddr;

const client = await Deno.connect({ hostname: "127.0.0.1", port });
console.log("client: connect succeeded, and nobody has called accept");
const sent = await client.write(new TextEncoder().encode("hello"));
console.log(`client: wrote ${sent} bytes, and nobody has called read`);

// Only now does the server take the connection out of the queue.
const connfd = await listeningSocket.accept();
console.log("server: accept returned the connection that was waiting");
const buffer = new Uint8Array(100);
const count = await connfd.read(buffer) ?? 0;
console.log(`server: read "${new TextDecoder().decode(buffer.subarray(0, count))}"`);

client.close();
connfd.close();
listeningSocket.close();
