/** What a lesson's text says of its claims: the table that states them, and how each is tried. */

/** A row such as `| 3.C1 | Business concurrency is 1 | 3 |`. */
const ROW = /^\| *(\d+\.[A-Z]\d+) *\| *(.*?) *\| *\d+ *\|$/gm;

/** The sentence of each claim, by its id. */
export function claimsIn(lessonText: string): ReadonlyMap<string, string> {
  return new Map(Array.from(lessonText.matchAll(ROW), ([, id, sentence]) => [id, sentence]));
}

/** An item such as `- **3.C2**: four clients sleep at the same time.`, which may go on in more lines. */
const ITEM = /^- \*\*(\d+\.[A-Z]\d+)\*\*: (.*(?:\n {2}.*)*)/gm;
/** The part that comes first. */
const QUESTION = /^## Predict first\n\n(.*?)\n\n## /ms;

/** How each claim is tried, by its id, as plain text. */
export function notesIn(lessonText: string): ReadonlyMap<string, string> {
  return new Map(Array.from(lessonText.matchAll(ITEM), ([, id, words]) => [id, plain(words)]));
}

/** What is to be predicted before anything is shown, as plain text. */
export function questionIn(lessonText: string): string {
  return plain(QUESTION.exec(lessonText)?.[1] ?? "");
}

function plain(markdown: string): string {
  return markdown.replace(/\s+/g, " ").replaceAll(/[`*]|(?<=\w)_|_(?=\w)/g, "");
}
