/** What the client does besides its prompt: one command, the same on many connections, or nothing. */
import { ClientConnection } from "./client_connection.ts";
import { replyLines, replyText } from "./reply_text.ts";
import type { RespReply } from "./resp_reply.ts";
import { complain, print } from "./screen.ts";

/** A command and how to send it. */
export interface CommandOptions {
  readonly words: readonly string[];
  /** Close our direction as soon as the command is sent. */
  readonly halfClose: boolean;
  /** A time as it is shown, or nothing: see `timeText`. */
  readonly time: (ms: number) => string;
}

/** Sends one command and prints the reply. Returns true when one came that is no error. */
export async function runOnce(
  connection: ClientConnection,
  options: CommandOptions,
): Promise<boolean> {
  const startMs = performance.now();
  const reply = await exchange(connection, options);
  if (reply === undefined) {
    complain("the server closed the connection and did not reply");
    return false;
  }
  print(replyLines(reply, options.time(performance.now() - startMs)));
  return reply.kind !== "error";
}

/**
 * Sends the same command on all connections at the same time, and prints the replies in the order in
 * which they come. A connection is closed when its reply has come: a server may serve the next
 * client only then.
 *
 * @returns true when all got a reply that is no error.
 */
export async function runOnAll(
  connections: readonly ClientConnection[],
  options: CommandOptions,
): Promise<boolean> {
  const { words, time } = options;
  const startMs = performance.now();
  let replies = 0, errors = 0;
  await Promise.all(connections.map(async (connection, index) => {
    const reply = await exchange(connection, options);
    connection.close();
    const client = `client ${index + 1}`.padEnd(`client ${connections.length}`.length);
    if (reply === undefined) return print(`${client}  closed without a reply\n`);
    replies++;
    if (reply.kind === "error") errors++;
    print(`${client}  ${replyLines(reply, time(performance.now() - startMs))}`);
  }));
  print(summary(words, replies, time, performance.now() - startMs));
  return replies === connections.length && errors === 0;
}

/** Holds connections without a word, until the server closes them all or Ctrl-C. Returns true. */
export async function holdIdle(connections: readonly ClientConnection[]): Promise<true> {
  const [count, them] = connections.length === 1
    ? ["1 connection", "it"]
    : [`${connections.length} connections`, "them"];
  print(`holding ${count}, sending nothing; Ctrl-C ends ${them}\n`);
  await Promise.all(connections.map(async (connection, index) => {
    const reply = await connection.receive();
    const said = reply === undefined ? "" : `: ${replyText(reply)}`;
    print(`connection ${index + 1} was closed by the server${said}\n`);
    connection.close();
  }));
  return true;
}

/** `(1503 ms)` or `(0.4 ms)`, when times are to be shown. */
export function timeText(show: boolean): (ms: number) => string {
  return (ms) => show ? `(${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms)` : "";
}

async function exchange(
  connection: ClientConnection,
  { words, halfClose }: CommandOptions,
): Promise<RespReply | undefined> {
  await connection.send(words.map((word) => new TextEncoder().encode(word)));
  if (halfClose) await connection.closeWrite();
  return await connection.receive();
}

function summary(
  words: readonly string[],
  replies: number,
  time: (ms: number) => string,
  totalMs: number,
): string {
  const count = `${replies} ${replies === 1 ? "reply" : "replies"}`;
  if (time(totalMs) === "") return `${count}\n`;
  const alone = words[0].toUpperCase() === "SLEEP" ? `; one alone takes ${words[1]} ms` : "";
  return `${count} in ${Math.round(totalMs)} ms${alone}\n`;
}
