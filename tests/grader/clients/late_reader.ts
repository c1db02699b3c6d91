/** A client that does not read until a reply is stuck in the server, and then takes what it is owed. */
import { encodeRequest } from "../../../lessons/tools/resp_request.ts";
import { concat } from "../../../models/parts/sockets/byte_stream.ts";
import { type Client, writeAll } from "./client.ts";
import { ClaimFailed, type Experiment, Inconclusive } from "../experiment/experiment.ts";
import { connectionEnds } from "../server/sockets.ts";
import type { RunningServer } from "../server/running_server.ts";
import { whereStuck } from "../experiment/where_bytes.ts";

const REPLY_BYTES = 500_000;
const REQUEST = encodeRequest("ECHO", "x".repeat(REPLY_BYTES));
const BITE_BYTES = 256 * 1024;
/** 32 MB: Linux keeps 4 MB at the sender and 6 to 32 MB at the receiver, when it is generous. */
const MOST_REPLIES = 64, SURE_REPLIES = 7;
const WHOLE = "A write may take fewer bytes than it was given: write the rest when there is room.";
const NOT_YET = "Close a connection only when all that it is owed is written.";
const SERVES_ALL = "The server is to serve every client, whatever the others do.";

/**
 * Asks for one reply after the other until one is stuck.
 *
 * @param sure so many are asked for at once: the kernel takes them, or nearly always does.
 * @returns the bytes of all replies.
 */
export async function fillBuffers(
  t: Experiment,
  server: RunningServer,
  client: Client,
  sure = SURE_REPLIES,
): Promise<number> {
  const replyBytes = `$${REPLY_BYTES}\r\n`.length + REPLY_BYTES + 2;
  for (let asked = 0; asked < MOST_REPLIES;) {
    // The reply that is stuck is to be the last one.
    const more = asked === 0 ? sure : 1;
    asked += more;
    const sending = writeAll(client.conn, concat(Array(more).fill(REQUEST)));
    await t.answered(server, sending, `${client.name} sends`, SERVES_ALL);
    await t.quiet(server);
    const ends = connectionEnds(server.port, client.port);
    if (bytesUnderWay(ends) >= asked * replyBytes) continue;
    t.record(
      client.name,
      `asked for ${asked} replies of ${REPLY_BYTES} bytes, and the last is stuck`,
    );
    return asked * replyBytes;
  }
  throw new Inconclusive(`the kernel took ${MOST_REPLIES} replies of ${REPLY_BYTES} bytes`);
}

/**
 * Reads so many bytes of what a deaf client is owed. However long that takes this process: it is over
 * only when the server is quiet and no byte has come meanwhile.
 */
export async function takeAll(
  t: Experiment,
  server: RunningServer,
  client: Client,
  owed: number,
): Promise<void> {
  const buffer = new Uint8Array(BITE_BYTES);
  let taken = 0, ended = false;
  const reading = (async () => {
    while (taken < owed && !ended) {
      const count = await client.conn.read(buffer);
      if (count === null) ended = true;
      else taken += count;
    }
  })().catch(() => ended = true);
  t.record(client.name, `reads the ${owed} bytes that it is owed`);
  for (let before = -1; taken < owed && !ended && taken > before;) {
    before = taken;
    await t.until(server, () => taken >= owed || ended);
  }
  const seen = `${client.name} asked for ${owed} bytes and got ${taken}`;
  if (taken < owed && ended) throw new ClaimFailed(`${seen}, then the close`, NOT_YET);
  const { seen: where, hint } = whereStuck(server.port, client, false);
  if (taken === 0) throw new ClaimFailed(`${seen}; ${where}`, hint);
  if (taken < owed) throw new ClaimFailed(seen, WHOLE);
  await reading;
}

/** Bytes that the server has written and the client has not read, as the kernel shows both ends. */
export function bytesUnderWay({ server, client }: ReturnType<typeof connectionEnds>): number {
  return (server?.sendQueue ?? 0) + (client?.receiveQueue ?? 0);
}
