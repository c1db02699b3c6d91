/** More clients than the process has descriptors for (EMFILE): the server gets over it. */
import { startsProcesses } from "../grader/claims.ts";
import { TO_START_PROCESSES } from "../grader/command_line.ts";
import { openDescriptors } from "../grader/proc.ts";
import type { Target } from "../grader/target.ts";
import { send, until } from "../parts/helpers.ts";
import { type Subject, subjects } from "./subjects.ts";
import { testEach } from "./tests.ts";
import { ask, connect, expectEnd, expectReply } from "./wire.ts";

const LESSONS = new URL("../../lessons/", import.meta.url);
const TOO_MANY = "-ERR max number of clients reached\r\n";
/** Models whose main thread accepts for others, by way of Node's listener. */
const HANDING_OVER = [2, 5, 7];
const handingOver = subjects.filter(({ model }) => HANDING_OVER.includes(model));
const others = subjects.filter(({ model }) => !HANDING_OVER.includes(model));

/** The lesson's server under a descriptor limit: the hard one, up to which Deno raises the other. */
function limited({ model, sizes }: Subject, limit: number, flags = ""): Target {
  const folders = Array.from(Deno.readDirSync(LESSONS), ({ name }) => name);
  const folder = folders.find((name) => name.startsWith(`${model}-`)) ?? "";
  const needed = "--no-prompt --allow-net=127.0.0.1 --allow-read=models,lessons/tools";
  const permissions = startsProcesses(model) ? `${needed} ${TO_START_PROCESSES.join(" ")}` : needed;
  const ways = Object.entries(sizes).map(([name, value]) => `--${name} ${value}`).join(" ");
  const program = `lessons/${folder}/server.ts --port {port} --trace off ${ways} ${flags}`;
  const run = `ulimit -n ${limit}; exec ${Deno.execPath()} run ${permissions} ${program}`;
  return { kind: "command", name: folder, command: `sh -c "${run}"` };
}

/** Enough for an idle server, and for fewer clients than come. */
const LIMIT = 64, CLIENTS = 80;

testEach("more clients than descriptors: those wait, and all are served", async (...args) => {
  const [server, , { serial }] = args;
  const clients: Deno.TcpConn[] = [];
  for (let i = 0; i < CLIENTS; i++) clients.push(await connect(server));
  for (const conn of clients) await send(conn, "PING\r\n");
  if (!serial) await until(() => openDescriptors(server.pid) >= LIMIT, "no descriptor is left");
  // Every client that leaves makes room for one that waits.
  for (const [i, conn] of clients.entries()) {
    await expectReply(conn, "+PONG\r\n", `the PING of client ${i + 1}`);
    conn.close();
  }
  using next = await connect(server);
  await ask(next, "PING\r\n", "+PONG\r\n");
}, { tested: others, target: (subject) => limited(subject, LIMIT) });

/** For the cap's four connections and threads, and the refused that the server keeps: at most 100. */
const LIMIT_FOR_THREADS = 200, REFUSED = 180, CAP = 4;

// A thread that starts without descriptors ends the whole process: Deno panics. And Node's listener,
// once it could not accept, never does again. So what holds here is less: the cap keeps the server
// clear of the limit, however many clients are refused and stay.
testEach(
  "more clients than descriptors: the cap keeps it clear of the limit",
  async (server, t) => {
    const clients: Deno.TcpConn[] = [];
    for (let i = 0; i < CAP; i++) {
      clients.push(await connect(server));
      await ask(clients[i], "PING\r\n", "+PONG\r\n");
    }
    for (let i = 0; i < REFUSED; i++) {
      const conn = await connect(server);
      clients.push(conn);
      await expectReply(conn, TOO_MANY, `client ${i + 1} too many`);
      await expectEnd(conn, `client ${i + 1} too many`);
    }
    for (const conn of clients.slice(0, CAP)) await ask(conn, "PING\r\n", "+PONG\r\n");
    for (const conn of clients) conn.close();
    await t.quiet(server);
    using next = await connect(server);
    await ask(next, "PING\r\n", "+PONG\r\n");
  },
  {
    tested: handingOver,
    target: (subject) => limited(subject, LIMIT_FOR_THREADS, `--max-connections ${CAP}`),
  },
);
