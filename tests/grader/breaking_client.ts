/** Clients that break off, and what a server that is still there does for the next one. */
import net from "node:net";
import { type Client, shown } from "./client.ts";
import type { Experiment } from "./experiment.ts";
import { fillBuffers } from "./late_reader.ts";
import { closeUntilSeen } from "./short_client.ts";
import { connectionEnds } from "./sockets.ts";
import type { RunningServer } from "./target.ts";

/** The hint when one client's failure is another's. */
export const BROKEN = "A read or write that fails ends its connection, and nothing else.";

/** Clients that leave while they are written to, one after the other. */
const LEAVING = 2;

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
 * but only when the server's kernel has had the client's end before the reset.
 */
export async function leavesUnread(t: Experiment, server: RunningServer): Promise<void> {
  // The reset does not find a write under way every time: on a busy machine, 1 client of 30 misses it.
  for (let i = 1; i <= LEAVING; i++) {
    await leaveUnread(t, server);
    await goesOn(t, server);
  }
}

async function leaveUnread(t: Experiment, server: RunningServer): Promise<void> {
  let client = await t.connect(server, "leaving client", false);
  await fillBuffers(t, server, client);
  if (!serverHasAll(server, client)) {
    // A reply before the last one is stuck, and the requests behind it keep the end from arriving.
    client.close();
    client = await t.connect(server, "another leaving client", false);
    await fillBuffers(t, server, client, 1);
  }
  await client.closeWrite();
  await t.quiet(server);
  client.close();
}

function serverHasAll(server: RunningServer, client: Client): boolean {
  const ends = connectionEnds(server.port, client.port);
  return ends.client?.sendQueue === 0 && ends.server?.receiveQueue === 0;
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
    t.expect(came === reply, `${which} is ${shown(came)}, not ${shown(reply)}`, hint);
  }
}
