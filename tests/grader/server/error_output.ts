/** What a program under test writes: words to quote, and nothing to rely on. */
import { plainText } from "../report/plain_text.ts";
import { tellingLine, tellingLines } from "./said.ts";

/** What is kept: the beginning, since the first error is the cause of the others, and the end. */
const KEPT_CHARACTERS = 4096;
const QUOTED_CHARACTERS = 240;
/** For the stream to end when the program has: something that escaped may hold it open. */
const DRAIN_MS = 500;

/** The output of one program, read all the time so that the program never waits for it. */
export class ErrorOutput {
  #begin = "";
  #end = "";
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #read: Promise<void>;

  /** @param shown makes it ready to be shown. */
  constructor(
    stream: ReadableStream<Uint8Array>,
    readonly shown: (text: string) => string = (text) => text,
  ) {
    this.#reader = stream.getReader();
    this.#read = this.#drain();
  }

  /** The beginning and the end of it, as it stands. */
  get text(): string {
    return this.#begin + this.#end;
  }

  /** One line: a quotation of what is likely to say why the program ended. */
  get lastWords(): string {
    const words = tellingLine(this.shown(this.text));
    return words === undefined
      ? "it said nothing"
      : `it said: "${plainText(words, QUOTED_CHARACTERS)}"`;
  }

  /** What is worth showing of it, in lines. */
  get lines(): string[] {
    return tellingLines(this.shown(this.text));
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
      let text = decoder.decode(piece.value, { stream: true });
      const room = KEPT_CHARACTERS - this.#begin.length;
      this.#begin += text.slice(0, room);
      text = text.slice(room);
      if (text !== "") this.#end = (this.#end + text).slice(-KEPT_CHARACTERS);
    }
  }
}
