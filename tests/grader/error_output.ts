/** What a program under test writes to its error output: words to quote, and nothing to rely on. */
import { plainText } from "./plain_text.ts";

/** What is kept: the end. */
const KEPT_CHARACTERS = 4096;
const QUOTED_CHARACTERS = 200;
/** For the stream to end when the program has: something that escaped may hold it open. */
const DRAIN_MS = 500;

/** The error output of one program, read all the time so that the program never waits for it. */
export class ErrorOutput {
  /** The end of it, as it stands. */
  text = "";
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #read: Promise<void>;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
    this.#read = this.#drain();
  }

  /** One line: a quotation of what is likely to say why the program ended. */
  get lastWords(): string {
    const lines = this.text.split("\n").filter((line) => line.trim() !== "");
    // Deno's own report of an exception has its stack trace after it.
    const words = lines.find((line) => line.startsWith("error: ")) ?? lines.at(-1);
    return words === undefined
      ? "it said nothing"
      : `it said: "${plainText(words, QUOTED_CHARACTERS)}"`;
  }

  /** To be called when the program has ended: waits for the rest of its words, but not for ever. */
  async end(): Promise<void> {
    const timer = setTimeout(() => this.#reader.cancel(), DRAIN_MS);
    await this.#read;
    clearTimeout(timer);
  }

  async #drain(): Promise<void> {
    const decoder = new TextDecoder();
    const next = () => this.#reader.read();
    for (let piece = await next(); !piece.done; piece = await next()) {
      const text = this.text + decoder.decode(piece.value, { stream: true });
      this.text = text.slice(-KEPT_CHARACTERS);
    }
  }
}
