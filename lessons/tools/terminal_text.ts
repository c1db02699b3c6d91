/** Text as a program writes it to a terminal, taken apart into lines and the parts that look alike. */

const COLOURS = ["red", "green", "yellow", "blue", "magenta", "cyan"] as const;
/** The code of the first of them; the others follow. */
const FIRST_COLOUR = 31;

/** A colour of a terminal. */
export type Colour = typeof COLOURS[number];

/** A piece of a line with one look. */
export interface Span {
  readonly text: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
  /** One of the terminal's colours: `red`. */
  readonly colour?: Colour;
}

/** A line, and when its end was written: milliseconds on any clock of the caller's. */
export interface TerminalLine {
  readonly atMs: number;
  readonly spans: readonly Span[];
}

/** The rows that a terminal of so many columns makes of a line; each character is one column. */
export function rowsOf({ atMs, spans }: TerminalLine, columns: number): TerminalLine[] {
  const rows: { atMs: number; spans: Span[] }[] = [{ atMs, spans: [] }];
  let free = columns;
  for (const { text, ...look } of spans) {
    for (let from = 0; from < text.length;) {
      if (free === 0) {
        rows.push({ atMs, spans: [] });
        free = columns;
      }
      const piece = text.slice(from, from + free);
      rows.at(-1)!.spans.push({ ...look, text: piece });
      from += piece.length;
      free -= piece.length;
    }
  }
  return rows;
}

/** `ESC [ … letter`: what steers the terminal. `m` changes the look; the rest is left out. */
// deno-lint-ignore no-control-regex
const CONTROL = /\x1b\[([\d;]*)([A-Za-z])/;

/** Collects what a program writes. */
export class TerminalText {
  #unfinished = "";
  #bold = false;
  #dim = false;
  #inverse = false;
  #colour?: Colour;

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
      if (pieces[i] !== "") spans.push(this.#span(pieces[i]));
      if (pieces[i + 2] === "m") pieces[i + 1].split(";").forEach((code) => this.#look(code));
    }
    return spans;
  }

  /** A bar, which is text on a ground of its colour, becomes bold: a picture of text has no ground. */
  #span(text: string): Span {
    const look = { text, bold: this.#bold || this.#inverse, dim: this.#dim };
    return this.#colour === undefined ? look : { ...look, colour: this.#colour };
  }

  #look(code: string): void {
    const all = code === "0" || code === "";
    if (code === "1") this.#bold = true;
    else if (code === "2") this.#dim = true;
    else if (code === "7") this.#inverse = true;
    if (code === "22" || all) this.#bold = this.#dim = false;
    if (code === "27" || all) this.#inverse = false;
    if (code === "39" || all) this.#colour = undefined;
    this.#colour = COLOURS[Number(code) - FIRST_COLOUR] ?? this.#colour;
  }
}
