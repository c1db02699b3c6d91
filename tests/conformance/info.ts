/** INFO and other replies of which only a part is known beforehand. */
import { send, text, within } from "../of_parts/helpers.ts";
import type { Subject } from "./subjects.ts";

/** The keys and values that INFO shows. */
export type Info = Record<string, string>;

/** Sends a request, and waits for one bulk string of less than 4 KiB. */
export async function askForText(
  conn: Deno.Conn,
  request: string | Uint8Array,
): Promise<string> {
  await send(conn, request);
  const buffer = new Uint8Array(4096);
  for (let end = 0; end < buffer.length;) {
    const count = await within(conn.read(buffer.subarray(end)), `the reply to ${request}`);
    if (count === null) break;
    end += count;
    const reply = text(buffer.subarray(0, end));
    const [head, length] = /^\$(\d+)\r\n/.exec(reply) ?? [];
    if (head !== undefined && end >= head.length + Number(length) + 2) {
      return reply.slice(head.length, -2);
    }
    if (head === undefined && reply.includes("\n")) break;
  }
  throw new Error(`no bulk string came for ${request}: ${text(buffer)}`);
}

/** What INFO says; `request` may be another way to ask for it. */
export async function infoOf(
  conn: Deno.Conn,
  request: string | Uint8Array = "INFO\r\n",
): Promise<Info> {
  const lines = (await askForText(conn, request)).split("\r\n").filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => line.split(":")));
}

/**
 * Asks for INFO until it says of every key what it is to say.
 *
 * @returns how often it was asked for.
 */
export async function untilInfo(conn: Deno.Conn, wanted: Info): Promise<number> {
  let asked = 0;
  const agrees = async () => {
    for (;;) {
      asked++;
      const info = await infoOf(conn);
      if (Object.entries(wanted).every(([key, value]) => info[key] === value)) return asked;
    }
  };
  return await within(agrees(), `INFO to say ${JSON.stringify(wanted)}`);
}

/** What INFO has to say of a server with so many clients; `total` are its counters. */
export function expectedInfo(
  subject: Subject,
  pid: number,
  clients: number,
  total: { connections: number; commands: number },
): Info {
  const { model, sizes } = subject.info;
  return {
    model,
    pid: `${pid}`,
    threads: `${subject.threads(clients)}`,
    connected_clients: `${clients}`,
    total_connections: `${total.connections}`,
    total_commands: `${total.commands}`,
    ...Object.fromEntries(Object.entries(sizes).map(([key, size]) => [key, `${size}`])),
  };
}
