/**
 * A client for machines that have neither `nc` nor `redis-cli`: `deno task client 3` for a prompt,
 * `deno task client 3 ECHO hi` for one command, `--clients 8` for the same command on many
 * connections at the same time.
 *
 * Exit code: 0; 1 for an error reply or a lost connection; 2 for a wrong command line.
 */
import { CLIENT_HELP, type Order, readClientArguments } from "./client_arguments.ts";
import { holdIdle, runOnAll, runOnce, timeText } from "./client_commands.ts";
import { ClientConnection } from "./client_connection.ts";
import { promptForCommands } from "./client_prompt.ts";
import { UsageError } from "./flags.ts";
import { whyNotConnected } from "./network_error.ts";
import { replyLines } from "./reply_text.ts";
import { ReplyError } from "./resp_reply.ts";
import { complain, print } from "./screen.ts";

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
  const { address, words, clients } = order;
  const time = timeText(order.showTime ?? Deno.stdout.isTerminal());
  const connections: ClientConnection[] = [];
  // One after the other, so that client 3 is #3 in the trace of a fresh server.
  for (let i = 0; i < (clients ?? 1); i++) connections.push(await ClientConnection.open(address));
  if (order.idle) return await holdIdle(connections);
  if (words.length === 0) return await prompt(connections[0], address.port, time);
  const options = { words, halfClose: order.halfClose, time };
  return clients === undefined
    ? await runOnce(connections[0], options)
    : await runOnAll(connections, options);
}

async function prompt(
  connection: ClientConnection,
  port: number,
  time: (ms: number) => string,
): Promise<boolean> {
  const somebodyTypes = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  const ended = await promptForCommands(connection, {
    prompt: somebodyTypes ? `${port}> ` : "",
    show: (reply, elapsedMs) => print(replyLines(reply, time(elapsedMs))),
  });
  if (!ended) complain((somebodyTypes ? "\n" : "") + "the server closed the connection");
  return ended;
}

if (Deno.stdout.isTerminal()) {
  // The terminal has written ^C, and the shell's prompt is to stand on a line of its own.
  Deno.addSignalListener("SIGINT", () => {
    print("\n");
    Deno.exit(130);
  });
}
// At once, whatever is still under way, such as reading a line that nobody types any more.
Deno.exit(await main());
