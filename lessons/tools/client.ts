/**
 * A client for machines that have neither `nc` nor `redis-cli`: `deno task client 3` for a prompt,
 * `deno task client 3 ECHO hi` for one command, `--clients 8` for the same command on many
 * connections at the same time, `--raw 'PING\r\n'` for bytes as they are.
 *
 * Exit code: 0; 1 for an error reply or a lost connection; 2 for a wrong command line.
 */
import { dim } from "@std/fmt/colors";
import { addressText } from "./address.ts";
import { CLIENT_HELP, type Order, readClientArguments } from "./client_arguments.ts";
import { holdIdle, runOnAll, runOnce, timeText } from "./client_commands.ts";
import { ClientConnection } from "./client_connection.ts";
import { askAndNeverRead } from "./client_deaf.ts";
import { pipedLines, typedLines } from "./client_lines.ts";
import { promptForCommands } from "./client_prompt.ts";
import { promptForBytes, runRaw } from "./client_raw.ts";
import { UsageError } from "./flags.ts";
import { whyNotConnected } from "./network_error.ts";
import { replyLines } from "./reply_text.ts";
import { ReplyError, type RespReply } from "./resp_reply.ts";
import { colourFor, complain, endOnCtrlC, print } from "./screen.ts";

/** As many ports of one's own as fit on a line. */
const SHOWN_PORTS = 10;

/** @returns the exit code. */
async function main(): Promise<number> {
  let order: Order | "help";
  try {
    order = readClientArguments(Deno.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    return 2;
  }
  if (order === "help") {
    print(CLIENT_HELP);
    return 0;
  }
  try {
    return await carryOut(order) ? 0 : 1;
  } catch (error) {
    const reason = error instanceof ReplyError
      ? `whatever listens there doesn't speak RESP: ${error.message}`
      : whyNotConnected(error, order.address, order.serverCommand);
    if (reason === undefined) throw error;
    complain(reason);
    return 1;
  }
}

/** Does what the command line asks for. Returns true when it went well. */
async function carryOut(order: Order): Promise<boolean> {
  const { address, words, clients, pieces } = order;
  const time = timeText(order.showTime ?? Deno.stdout.isTerminal());
  const connections: ClientConnection[] = [];
  // One after the other, so that client 3 is #3 in the trace of a fresh server.
  for (let i = 0; i < (clients ?? 1); i++) connections.push(await ClientConnection.open(address));
  const [connection] = connections;
  if (words.length === 0 && !order.idle) return await prompt(connection, order, time);
  if (Deno.stdout.isTerminal()) print(dim(fromText(connections.map((one) => one.localAddr))));
  if (order.idle) return await holdIdle(connections);
  if (order.deaf) return await askAndNeverRead(connections, words);
  const { halfClose, pauseMs } = order;
  if (pieces !== undefined) return await runRaw(connection, { pieces, pauseMs, halfClose, time });
  const options = { words, halfClose, time };
  return clients === undefined
    ? await runOnce(connection, options)
    : await runOnAll(connections, options);
}

async function prompt(
  connection: ClientConnection,
  { address, pieces }: Order,
  time: (ms: number) => string,
): Promise<boolean> {
  const somebodyTypes = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  if (somebodyTypes) print(dim(welcome(connection, address, pieces !== undefined)));
  const lines = somebodyTypes ? typedLines(`${address.port}> `) : pipedLines();
  try {
    if (pieces !== undefined) return await promptForBytes(connection, lines);
    const show = (reply: RespReply, elapsedMs: number) => print(replyLines(reply, time(elapsedMs)));
    const end = await promptForCommands(connection, lines, show);
    if (end === "server") complain(`${somebodyTypes ? "\n" : ""}the server closed the connection`);
    return end !== "server";
  } finally {
    lines.close();
  }
}

function welcome({ localAddr }: ClientConnection, address: Deno.NetAddr, raw: boolean): string {
  const help = raw
    ? "Bytes go as you type them: end a command with \\r\\n. Ctrl-D half-closes."
    : "Type a command, or help.";
  return `connected to ${addressText(address)} from ${addressText(localAddr)}\n${help}\n`;
}

/** By its address a client is found in the server's trace. */
function fromText(addresses: readonly Deno.NetAddr[]): string {
  const ports = addresses.slice(0, SHOWN_PORTS).map(({ port }) => port);
  const more = addresses.length > SHOWN_PORTS ? " …" : "";
  return addresses.length === 1
    ? `from ${addressText(addresses[0])}\n`
    : `from ports ${ports.join(" ")}${more}\n`;
}

endOnCtrlC();
colourFor(Deno.stdout);
// At once, whatever is still under way, such as reading a line that nobody types any more.
Deno.exit(await main());
