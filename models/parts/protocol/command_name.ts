/** The names of commands, as they stand in a table. */

/** For each byte the upper-case letter, so that a name is read without a decoder's fixed cost. */
const UPPER = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte).toUpperCase());

/** The upper-case name of a command, of at most 32 letters: no command has a longer one. */
export function commandName(word: Uint8Array): string {
  let name = "";
  for (let at = 0; at < word.length && at < 32; at++) name += UPPER[word[at]];
  return name;
}
