/** Lines for the client's prompt: typed at a terminal, or from a pipe. */
import process from "node:process";
import { clearLine, createInterface, cursorTo } from "node:readline";
import { ENDED_BY_CTRL_C, print } from "./screen.ts";

const LF = 10;

/** Lines, one after the other, without their ends. */
export interface Lines {
  /** Asks for the next one; undefined when the input has ended. */
  next(): Promise<Uint8Array | undefined>;
  /** Writes lines while the next one is waited for; what is typed already stays below them. */
  show(text: string): void;
  /** Gives the terminal back. */
  close(): void;
}

/** Lines that somebody types: arrow keys edit them and bring back earlier ones. */
export function typedLines(prompt: string): Lines {
  const typed = createInterface({ input: process.stdin, output: process.stdout, prompt });
  // The terminal is in raw mode, where Ctrl-C is a key and no signal.
  typed.on("SIGINT", () => {
    typed.close();
    print("\n");
    Deno.exit(ENDED_BY_CTRL_C);
  });
  let ended = false;
  typed.on("close", () => ended = true);
  const lines = typed[Symbol.asyncIterator]();
  return {
    async next() {
      if (!ended) typed.prompt();
      const { done, value } = await lines.next();
      if (!done) return new TextEncoder().encode(value);
      // The cursor stands behind the prompt.
      print("\n");
    },
    show(text) {
      if (ended) return print(text);
      cursorTo(process.stdout, 0);
      clearLine(process.stdout, 0);
      print(text);
      typed.prompt(true);
    },
    close: () => typed.close(),
  };
}

/** Lines from a pipe or a file; the last may lack its end. */
export function pipedLines(): Lines {
  const lines = linesOf(Deno.stdin.readable);
  return {
    async next() {
      const { done, value } = await lines.next();
      return done ? undefined : value;
    },
    show: print,
    close() {},
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
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
