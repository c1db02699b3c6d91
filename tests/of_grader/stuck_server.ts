/**
 * A server that gets stuck with a request at one point of its way, for `where_bytes_test.ts`:
 *
 *   deno run --allow-net tests/of_grader/stuck_server.ts <port> <way>
 */
const [port, way] = Deno.args;
const listener = Deno.listen({ hostname: "127.0.0.1", port: Number(port) });
const encoder = new TextEncoder();

/** What becomes of a connection; `accepts nobody` is the way that is not among them. */
const WAYS: Record<string, (conn: Deno.Conn) => unknown> = {
  "reads nothing": () => {},
  "reads one byte": (conn) => conn.read(new Uint8Array(1)),
  "answers nothing": (conn) => conn.read(new Uint8Array(1000)),
  "answers a half": async (conn) => {
    await conn.read(new Uint8Array(1000));
    await conn.write(encoder.encode("+PO"));
  },
  "answers": async (conn) => {
    await conn.read(new Uint8Array(1000));
    await conn.write(encoder.encode("+PONG\r\n"));
  },
  "spins": () => {
    for (;;);
  },
};

const kept: Deno.Conn[] = [];
for (; WAYS[way] !== undefined;) {
  const conn = await listener.accept();
  kept.push(conn);
  await WAYS[way](conn);
}
// Listens for as long as it is let.
await new Promise((resolve) => setTimeout(resolve, 60_000));
