/**
 * Three ways in which processes can have the clients of one port, side by side:
 *
 *   shared     one listening socket, inherited by all; they compete to accept
 *   reusePort  a listening socket each, on the same port; the kernel chooses one for each client
 *   handed     the main process accepts, and hands each connection to the next process
 *
 * For each way: how 400 clients, one after the other, are spread over four processes; how long one
 * takes; and how many of 40 clients are answered only when a process that was busy for a second is
 * free again.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { listenAtOnce } from "../../models/parts/sockets/node_listener.ts";

type Way = "shared" | "reusePort" | "handed";

const PROCESSES = 4, CLIENTS = 400, LATE_CLIENTS = 40, BUSY_MS = 1000;
const hostname = "127.0.0.1";

/** A process: tells each client its pid, and is busy when a client says so. */
async function child(way: Way, port: number): Promise<void> {
  const serve = (socket: net.Socket) => {
    socket.on("error", () => {}).once("data", (bytes) => {
      if (bytes.toString() === "busy") {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS);
      }
      socket.end(`${Deno.pid}`);
    });
  };
  process.on("message", (_, socket) => socket && serve(socket as net.Socket));
  if (way === "shared") net.createServer(serve).listen({ fd: 3 });
  if (way === "reusePort") {
    net.createServer(serve).listen({ host: hostname, port, reusePort: true });
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.send!("ready");
}

/** Starts the processes of one way. Returns the port, and how to end them. */
async function start(way: Way): Promise<{ port: number; stop(): void }> {
  const server = listenAtOnce({ hostname, port: 0 })!;
  const { port } = server.address() as net.AddressInfo;
  const fd = way === "shared" ? server._handle!.fdForIpc!() : "ignore";
  if (way !== "handed") server.close();
  const program = fileURLToPath(import.meta.url);
  const children = Array.from(
    { length: PROCESSES },
    () =>
      spawn(Deno.execPath(), ["run", "--allow-net=127.0.0.1", program, way, `${port}`], {
        stdio: ["ignore", "inherit", "inherit", fd, "ipc"],
      }),
  );
  await Promise.all(children.map((child) => once(child, "message")));
  let next = 0;
  server.on("connection", (socket) => give(children[next++ % PROCESSES], socket));
  return {
    port,
    stop() {
      server.close();
      for (const child of children) child.kill("SIGKILL");
    },
  };
}

function give(to: ChildProcess, socket: net.Socket): void {
  to.send("take", socket);
}

/** What a client gets for a word: the pid of the process that answers. */
async function ask(port: number, word: string): Promise<string> {
  const conn = await Deno.connect({ hostname, port });
  await conn.write(new TextEncoder().encode(word));
  return await new Response(conn.readable).text();
}

async function measure(way: Way): Promise<void> {
  const { port, stop } = await start(way);
  const counts = new Map<string, number>();
  const startMs = performance.now();
  for (let i = 0; i < CLIENTS; i++) {
    const pid = await ask(port, "hello");
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  const each = ((performance.now() - startMs) / CLIENTS).toFixed(2);
  const spread = [...counts.values()].sort((a, b) => b - a).join(" ");
  let isBusy = true;
  const busy = ask(port, "busy").then(() => isBusy = false);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const late = Array.from({ length: LATE_CLIENTS }, () => ask(port, "hello").then(() => !isBusy));
  const held = (await Promise.all(late)).filter(Boolean).length;
  await busy;
  stop();
  console.log(`${way.padEnd(11)} ${spread.padEnd(17)} ${each} ms    ${held} of ${LATE_CLIENTS}`);
}

if (Deno.args.length > 0) await child(Deno.args[0] as Way, Number(Deno.args[1]));
else {
  console.log("way         clients each      a client   held up by one busy process");
  for (const way of ["shared", "reusePort", "handed"] as const) await measure(way);
  Deno.exit(0);
}
