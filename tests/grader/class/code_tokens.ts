/**
 * The tokens of a program, so that two can be compared whatever their names, values, comments, types
 * and spaces are: each name is `name`, each value is its kind, and a keyword or a sign is itself.
 */
import module from "node:module";
import jsTokens, { type Token } from "js-tokens";

/** Words that are not a student's to choose. */
const KEYWORDS = new Set(
  ("async await break case catch class const continue default delete do else export extends false " +
    "finally for from function get if import in instanceof let new null of return set static super " +
    "switch this throw true try typeof undefined using var void while yield").split(" "),
);
/** Of a longer program only the beginning is compared: an exercise has some hundreds. */
const MOST_TOKENS = 5_000;
const MOST_CHARACTERS = 200_000;

/** The tokens of a TypeScript or JavaScript text; one that does not parse has tokens too. */
export function codeTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const token of jsTokens(withoutTypes(text.slice(0, MOST_CHARACTERS)))) {
    const word = wordOf(token);
    if (word !== undefined && tokens.push(word) === MOST_TOKENS) break;
  }
  return tokens;
}

function wordOf({ type, value }: Token): string | undefined {
  switch (type) {
    case "WhiteSpace":
    case "LineTerminatorSequence":
    case "SingleLineComment":
    case "MultiLineComment":
    case "HashbangComment":
      return undefined;
    case "IdentifierName":
      if (/^(let|var)$/.test(value)) return "const";
      return KEYWORDS.has(value) ? value : "name";
    case "Punctuator":
      // A formatter puts them in and leaves them out.
      return /^[,;]$/.test(value) ? undefined : value;
    default:
      return type;
  }
}

/** Types are easily put in or left out. What cannot be stripped of them keeps them. */
function withoutTypes(text: string): string {
  try {
    return module.stripTypeScriptTypes(text, { mode: "strip" });
  } catch {
    return text;
  }
}
