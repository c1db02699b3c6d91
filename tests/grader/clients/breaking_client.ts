/** Clients that break off, and what a server that is still there does for the next one. */
import net from "node:net";
import { type Client, shown } from "./client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { bytesUnderWay, fillBuffers } from "./late_reader.ts";
import { outOfOrder } from "./reply_order.ts";
import { closeUntilSeen } from "./short_client.ts";
import { connectionEnds } from "../server/sockets.ts";
import type { RunningServer } from "../server/running_server.ts";

/** The hint when one client's failure is another's. */
export const BROKEN = "A read or write that fails ends its connection, and nothing else.";

/** Clients that leave, until one has done so in the middle of a write. */
const MOST_LEAVING = 4;

/** By way of Node's sockets: those of Deno say goodbye first. */
export async function resetInRequest(t: Experiment, server: RunningServer): Promise<void> {
  const text = "*2\r\n$4\r\nECHO\r\n$900\r\nhel";
  t.record("breaking client", `sends ${shown(text)}, then resets`);
  const socket = net.connect(server.port, "127.0.0.1");
  const closed = new Promise((resolve) => socket.on("close", resolve).on("error", () => {}));
  try {
    socket.write(text);
    await t.quiet(server);
  } finally {
    socket.resetAndDestroy();
    await closed;
  }
  await goesOn(t, server);
}

/**
 * While the server writes to it. In C the next write is a signal, which by default ends the process;
 * but only when the server's kernel has had the client's end, and then the reset.
 */
export async function leavesUnread(t: Experiment, server: RunningServer): Promise<void> {
  let left = false;
  for (let i = 1; !left && i <= MOST_LEAVING; i++) {
    left = await leavesInWrite(t, server, i === 1 ? undefined : 1);
    await goesOn(t, server);
  }
}

/**
 * A client asks, does not read, half-closes and resets.
 *
 * @param atOnce so many replies are asked for at first. Where more than the last one is stuck, the
 *   requests behind it keep the client's end from arriving; one at a time makes sure.
 * @returns whether its end had arrived, and the server was still writing, when the reset came.
 */
async function leavesInWrite(
  t: Experiment,
  server: RunningServer,
  atOnce?: number,
): Promise<boolean> {
  const client = await t.connect(server, "leaving client", false);
  const owed = await fillBuffers(t, server, client, atOnce);
  await client.closeWrite();
  await t.quiet(server);
  const ends = connectionEnds(server.port, client.port);
  const inWrite = ends.client?.sendQueue === 0 && ends.server?.open === true &&
    bytesUnderWay(ends) < owed;
  client.close();
  return inWrite;
}

/** Another client is served, when the server has seen what happened to the one before. */
async function goesOn(t: Experiment, server: RunningServer): Promise<void> {
  await t.quiet(server);
  const next = await t.connect(server, "next client");
  await next.send("PING");
  await expectReplies(t, server, next, ["+PONG"], BROKEN);
  await closeUntilSeen(t, server, next);
}

/** Waits for replies, one after the other, each as it has to be. */
export async function expectReplies(
  t: Experiment,
  server: RunningServer,
  client: Client,
  wanted: readonly string[],
  hint: string,
): Promise<void> {
  for (const [i, reply] of wanted.entries()) {
    const which = `reply ${i + 1} of ${wanted.length} to the ${client.name}`;
    const came = await t.answered(server, client.reply(), which, hint);
    if (came === reply) continue;
    const other = await outOfOrder(t, server, client, [...wanted.slice(0, i), came], wanted);
    t.expect(other === undefined, other?.seen ?? "", other?.hint ?? "");
    t.expect(false, `${which} is ${shown(came)}, not ${shown(reply)}`, hint);
  }
}
