/** What the tests of IoThreads share: a server that gives each connection to one of its threads. */
import { Acceptor } from "../../../models/parts/accept.ts";
import { listenForHandover } from "../../../models/parts/handover.ts";
import { IoThreads } from "../../../models/parts/io_threads.ts";
import type { HandoverWay } from "../../../models/parts/options.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ANY_PORT } from "../sockets/handover_kit.ts";
import { connect, expectText, newContext, send, until, within } from "../helpers.ts";

/** What the threads run. */
export const PROGRAM = new URL("io_thread_program.ts", import.meta.url).href;
/** Grace that no thread needs. */
export const GRACE_MS = 20_000;

/** A server that gives each connection to one of its threads, as model 5 does. */
export function start(way: HandoverWay, threads: number) {
  const context = newContext();
  const acceptor = new Acceptor(listenForHandover(ANY_PORT, way), 100, context);
  const ioThreads = new IoThreads(PROGRAM, threads, context);
  const giveEach = async () => {
    for (let next = await acceptor.accept(); next; next = await acceptor.accept()) {
      ioThreads.give(next);
    }
    await ioThreads.allExited();
  };
  const server = serverHandle(acceptor, giveEach(), () => ioThreads.finish(GRACE_MS));
  const client = () => connect(server.addr);
  const counted = (connected_clients: number) =>
    until(
      () => context.state.counters.connected_clients === connected_clients,
      `${connected_clients} clients are counted`,
    );
  const end = () => within(server.shutdown(), "the end of the threads");
  return { context, client, counted, end };
}

/** A client, and the thread that it is with. */
export async function clientOf(
  server: ReturnType<typeof start>,
  name: string,
): Promise<Deno.TcpConn> {
  const conn = await server.client();
  await send(conn, "WHO\r\n");
  await expectText(conn, `$${name.length}\r\n${name}\r\n`);
  return conn;
}
