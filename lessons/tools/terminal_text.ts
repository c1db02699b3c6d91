/** Text as a program writes it to a terminal, taken apart into lines and the parts that look alike. */

/** A piece of a line with one look. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
}

/** A line, and when its end was written: milliseconds on any clock of the caller's. */
export interface TerminalLine {
  readonly atMs: number;
  readonly spans: readonly Span[];
}

/** `ESC [ … letter`: what steers the terminal. `m` changes the look; the rest is left out. */
// deno-lint-ignore no-control-regex
const CONTROL = /\x1b\[([\d;]*)([A-Za-z])/;

/** Collects what a program writes. */
export class TerminalText {
  #unfinished = "";
  #bold = false;
  #dim = false;

  /** Takes the next piece of output. Returns the lines that are whole by now. */
  add(text: string, atMs: number): TerminalLine[] {
    const lines = (this.#unfinished + text).split(/\r*\n/);
    this.#unfinished = lines.pop() ?? "";
    return lines.map((line) => ({ atMs, spans: this.#spansOf(line) }));
  }

  /** The look outlasts the line: a program may turn it off at the start of the next one. */
  #spansOf(line: string): Span[] {
    const spans: Span[] = [];
    // Split at a pattern with two groups: text, codes, letter, text, codes, letter, …, text.
    const pieces = line.split(CONTROL);
    for (let i = 0; i < pieces.length; i += 3) {
      if (pieces[i] !== "") spans.push({ text: pieces[i], bold: this.#bold, dim: this.#dim });
      if (pieces[i + 2] === "m") pieces[i + 1].split(";").forEach((code) => this.#look(code));
    }
    return spans;
  }

  #look(code: string): void {
    if (code === "1") this.#bold = true;
    else if (code === "2") this.#dim = true;
    else if (code === "22" || code === "0" || code === "") this.#bold = this.#dim = false;
  }
}
