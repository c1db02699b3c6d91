/** Who has the port that a lesson's server wants: most often an earlier one of the same person. */
import { connectable } from "./address.ts";
import { ClientConnection } from "./client_connection.ts";
import { shortened } from "./flags.ts";

/** A server that is well has answered by then; one that is stopped, or busy, never does. */
const ANSWER_MS = 1000;
const ENCODER = new TextEncoder();

/**
 * Asks whoever listens there who it is.
 *
 * @returns one line: what has the port, what can be done, and that the client would reach that one.
 */
export async function whoHasThePort(hostname: string, port: number): Promise<string> {
  const address = { transport: "tcp", hostname: connectable(hostname), port } as const;
  const where = `port ${port} is in use on ${shortened(hostname)}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) =>
    timer = setTimeout(() => resolve(undefined), ANSWER_MS)
  );
  const info = await Promise.race([infoOf(address), late]).catch(() => "");
  clearTimeout(timer);
  const [, model] = /^model:([\w-]{1,40})\r?$/m.exec(info ?? "") ?? [];
  const [, pid] = /^pid:(\d{1,10})\r?$/m.exec(info ?? "") ?? [];
  if (model !== undefined && pid !== undefined) {
    return `${where}, by a server of the lessons (${model}, process ${pid}), and a client would ` +
      "talk to that one: end it with Ctrl-C in its terminal, or take --port 0";
  }
  return info === undefined
    ? `${where}, and nobody answers there: is it a server of yours, stopped or busy? In its ` +
      "terminal type fg, then Ctrl-C; or take --port 0"
    : `${where}, by another program; try --port 0 for any free port`;
}

/** What INFO says there; empty when it is another protocol. */
async function infoOf(address: Deno.NetAddr): Promise<string> {
  const connection = await ClientConnection.open(address);
  try {
    await connection.send([ENCODER.encode("INFO")]);
    const reply = await connection.receive();
    return reply?.kind === "bulk" ? new TextDecoder().decode(reply.bytes) : "";
  } finally {
    connection.close();
  }
}
