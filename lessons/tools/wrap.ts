/** Text in lines that fit. */

/**
 * Breaks a text at its spaces.
 *
 * @param columns how wide a line may be; a longer word is cut.
 * @param indent begins every line.
 * @param columnsOf how wide a text is, where not each character takes one column.
 */
export function wrap(
  text: string,
  columns: number,
  indent = "",
  columnsOf: (text: string) => number = (text) => text.length,
): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ").flatMap((one) => cut(one, columns - indent.length))) {
    const gap = line === indent ? "" : " ";
    if (columnsOf(line + gap + word) <= columns) line += gap + word;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];

  /** A word in pieces of at most so many columns. */
  function cut(word: string, most: number): string[] {
    const pieces: string[] = [];
    let piece = "";
    for (const char of word) {
      if (columnsOf(piece + char) > most) {
        pieces.push(piece);
        piece = "";
      }
      piece += char;
    }
    return [...pieces, piece];
  }
}
