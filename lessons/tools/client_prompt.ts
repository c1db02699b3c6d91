/** The client's prompt: a line in, a command out, its reply on the screen; until the input ends. */
import { ProtocolError } from "../../models/parts/protocol/protocol.ts";
import { splitLine } from "../../models/parts/protocol/inline_request.ts";
import type { ClientConnection } from "./client_connection.ts";
import { PROMPT_HELP } from "./client_help.ts";
import type { Lines } from "./client_lines.ts";
import type { RespReply } from "./resp_reply.ts";
import { print } from "./screen.ts";

/**
 * Sends a command for each line, and shows its reply.
 *
 * @param show writes one reply, which took so many ms.
 * @returns "input" when the input ended, "quit" when QUIT was said; "server" when the server ended
 * the connection.
 */
export async function promptForCommands(
  connection: ClientConnection,
  lines: Lines,
  show: (reply: RespReply, elapsedMs: number) => void,
): Promise<"input" | "quit" | "server"> {
  // A reply is always waited for, so that a server that closes is noticed while nobody types.
  let reply = connection.receive();
  let line = nextLine(lines);
  for (;;) {
    const first = await Promise.race([line, reply]);
    if (first === undefined) return "server";
    if ("kind" in first) {
      show(first, 0);
      reply = connection.receive();
      continue;
    }
    if (first.line === undefined) return "input";
    const words = wordsOf(first.line);
    if (words.length === 1 && textOf(words[0]) === "HELP") {
      print(PROMPT_HELP);
    } else if (words.length > 0) {
      const startMs = performance.now();
      await connection.send(words);
      const answer = await reply;
      if (answer === undefined) return "server";
      show(answer, performance.now() - startMs);
      reply = connection.receive();
      if (textOf(words[0]) === "QUIT") return "quit";
    }
    line = nextLine(lines);
  }
}

async function nextLine(lines: Lines): Promise<{ line: Uint8Array | undefined }> {
  return { line: await lines.next() };
}

/** The words of a line; none, and a message on the screen, when a quote is not closed. */
function wordsOf(line: Uint8Array): Uint8Array[] {
  try {
    return splitLine(line);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    print("a quote is not closed, or no blank follows it; nothing was sent\n");
    return [];
  }
}

function textOf(word: Uint8Array): string {
  return new TextDecoder().decode(word).toUpperCase();
}
