/** The client's prompt: a line in, a command out, its reply on the screen; until the input ends. */
import { ProtocolError } from "../../models/parts/protocol.ts";
import { splitLine } from "../../models/parts/inline_request.ts";
import type { ClientConnection } from "./client_connection.ts";
import type { RespReply } from "./resp_reply.ts";
import { print } from "./screen.ts";

const LF = 10;

/** What the prompt needs to know. */
export interface PromptOptions {
  /** Shown before each line; empty when nobody sits there. */
  readonly prompt: string;
  /** Writes one reply, which took so many ms. */
  readonly show: (reply: RespReply, elapsedMs: number) => void;
}

/**
 * Reads commands from standard input.
 *
 * @returns true when the input ended or QUIT was said; false when the server ended the connection.
 */
export async function promptForCommands(
  connection: ClientConnection,
  { prompt, show }: PromptOptions,
): Promise<boolean> {
  const lines = readLines(Deno.stdin.readable);
  // A reply is always waited for, so that a server that closes is noticed while nobody types.
  let reply = connection.receive();
  let line = lines.next();
  print(prompt);
  for (;;) {
    const first = await Promise.race([line, reply]);
    if (first === undefined) return false;
    if ("kind" in first) {
      show(first, 0);
      reply = connection.receive();
      continue;
    }
    if (first.done) {
      print(prompt === "" ? "" : "\n");
      return true;
    }
    const words = wordsOf(first.value);
    if (words.length > 0) {
      const startMs = performance.now();
      await connection.send(words);
      const answer = await reply;
      if (answer === undefined) return false;
      show(answer, performance.now() - startMs);
      reply = connection.receive();
      if (isQuit(words[0])) return true;
    }
    line = lines.next();
    print(prompt);
  }
}

/** The lines of a stream of bytes, without their ends; the last may lack one. */
async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let pending: number[] = [];
  for await (const chunk of stream) {
    for (const byte of chunk) {
      if (byte === LF) {
        yield Uint8Array.from(pending);
        pending = [];
      } else pending.push(byte);
    }
  }
  if (pending.length > 0) yield Uint8Array.from(pending);
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

function isQuit(word: Uint8Array): boolean {
  return new TextDecoder().decode(word).toUpperCase() === "QUIT";
}
