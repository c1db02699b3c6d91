/** Clients that ask and ask, and never read: what they do to a server is a question of its model. */
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import type { ClientConnection } from "./client_connection.ts";
import { encodeRequest } from "./resp_request.ts";
import { print } from "./screen.ts";

/** As many commands as fit are sent in one write: what is small would take long to be too much. */
const WRITE_BYTES = 16 * 1024;
/** A write that takes so long is one that the server does not take. */
const STALLED_MS = 1000;

/**
 * Sends the same command again and again on each connection and reads nothing, until the server
 * closes them all or Ctrl-C.
 *
 * @returns true.
 */
export async function askAndNeverRead(
  connections: readonly ClientConnection[],
  words: readonly string[],
): Promise<true> {
  const command = encodeRequest(...words);
  const times = Math.max(1, Math.floor(WRITE_BYTES / command.length));
  const commands = concat(Array.from({ length: times }, () => command));
  print("sending again and again, reading nothing; Ctrl-C ends it\n");
  await Promise.all(connections.map((connection, i) => ask(connection, i + 1, commands)));
  return true;
}

async function ask(connection: ClientConnection, number: number, commands: Uint8Array) {
  let sent = 0, taken = true;
  while (taken) {
    const stalled = setTimeout(() => {
      print(`client ${number} sent ${sent} bytes, and no more are taken\n`);
    }, STALLED_MS);
    taken = await connection.sendBytes(commands);
    clearTimeout(stalled);
    sent += commands.length;
  }
  print(`client ${number} was closed by the server\n`);
  connection.close();
}
