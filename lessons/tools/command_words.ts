/** Command lines of servers that somebody else wrote: `python3 server.py {port}`. No shell reads them. */

/** A word: pieces in quotes, of either kind, and pieces without. */
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;
const PIECE = /"([^"]*)"|'([^']*)'|([^\s"']+)/g;
/** What would go on to another command, or lead elsewhere what is written. */
const OPERATOR = /^(&&?|\|\|?|;|\d?>{1,2}.*|<.*|.*;)$/;

/**
 * Splits a command at blanks, and puts values in. What has blanks in it stands in quotes.
 *
 * @param values by the places for them: `{port}`.
 */
export function commandWords(command: string, values: ReadonlyMap<string, string>): string[] {
  return Array.from(command.matchAll(WORD), ([word]) => {
    const pieces = word.matchAll(PIECE);
    const plain = Array.from(pieces, ([, double, single, bare]) => double ?? single ?? bare).join(
      "",
    );
    return [...values].reduce((text, [place, value]) => text.replaceAll(place, value), plain);
  });
}

/** @returns why a command needs a shell, and what to write instead; "" when it does not. */
export function whyNeedsShell(command: string): string {
  const words = command.match(WORD) ?? [];
  const [first = ""] = words;
  if (/["']/.test(command.replace(WORD, ""))) return "a quote in it is not closed";
  const inShell = "no shell reads it. Write: sh -c '…'";
  if (/^\w+=/.test(first)) return `'${first}' is for a shell, and ${inShell}, or: env ${first} …`;
  if (first === "cd" || first === "exec" || first === "source") {
    return `'${first}' is a shell's own, and ${inShell}`;
  }
  const operator = words.find((word) => OPERATOR.test(word) || /^[^'"]*[`$]/.test(word));
  return operator === undefined ? "" : `'${operator}' is for a shell, and ${inShell}`;
}
