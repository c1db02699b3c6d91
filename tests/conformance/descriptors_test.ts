/** More clients than the process has descriptors for (EMFILE): the server gets over it. */
import { openDescriptors } from "../grader/proc.ts";
import type { Target } from "../grader/target.ts";
import { ask, connect, expectReply } from "./wire.ts";
import { send, until } from "../parts/helpers.ts";
import { type Subject, subjects } from "./subjects.ts";
import { testEach } from "./tests.ts";

/** Enough for an idle server, and for fewer clients than come. */
const LIMIT = 64, CLIENTS = 80;

/** The lesson's server under a descriptor limit: the hard one, up to which Deno raises the other. */
function limited({ model }: Subject): Target {
  const lessons = new URL("../../lessons/", import.meta.url);
  const folder = Array.from(Deno.readDirSync(lessons)).find(({ name }) =>
    name.startsWith(`${model}-`)
  );
  const flags = "--allow-net=127.0.0.1 --allow-read=models,lessons/tools";
  const program = `lessons/${folder?.name}/server.ts --port {port} --trace off`;
  const run = `ulimit -n ${LIMIT}; exec ${Deno.execPath()} run --no-prompt ${flags} ${program}`;
  return { kind: "command", name: folder?.name ?? "", command: `sh -c "${run}"` };
}

testEach("the server outlives more clients than it has descriptors for", async (...args) => {
  const [server, , { serial }] = args;
  const clients: Deno.TcpConn[] = [];
  for (let i = 0; i < CLIENTS; i++) clients.push(await connect(server));
  for (const conn of clients) await send(conn, "PING\r\n");
  await expectReply(clients[0], "+PONG\r\n", "the first client's PING");
  if (!serial) await until(() => openDescriptors(server.pid) >= LIMIT, "no descriptor is left");
  // Every client that leaves makes room for one that waits.
  for (const [i, conn] of clients.entries()) {
    if (i > 0) await expectReply(conn, "+PONG\r\n", `the PING of client ${i + 1}`);
    conn.close();
  }
  using next = await connect(server);
  await ask(next, "PING\r\n", "+PONG\r\n");
}, {
  tested: subjects.filter(({ model }) => model !== 2),
  target: limited,
});
