/**
 * The text of `.progress`, in which a student's machine keeps where the student stands, and the book
 * in the browser's store. Each line says one thing; who reads it takes the lines of his own and keeps
 * all others.
 *
 *   connfd-progress 1
 *   lesson 3  points=5/16  best=9/16  …            the grader's, see tests/grader/report/progress.ts
 *   quiz  lesson=3  right=9/12  missed=recv-q      the quiz's, see score.ts
 */

const FORMAT = 1;

/** The file's first line. */
export const HEADER = `connfd-progress ${FORMAT}`;

/** The file cannot be used; the message says why, in one line. */
export class ProgressError extends Error {
  override name = "ProgressError";
}

/** The text, if this version can use it; "" otherwise, so that who plays can play all the same. */
export function usable(text: string): string {
  try {
    progressLines(text);
    return text;
  } catch (error) {
    if (error instanceof ProgressError) return "";
    throw error;
  }
}

/**
 * The lines of the file's text.
 *
 * @throws ProgressError when it is of a newer format, in which this program could do harm.
 */
export function progressLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const [, format] = /^connfd-progress (\d+)$/.exec(lines[0] ?? "") ?? [];
  if (Number(format) > FORMAT) {
    throw new ProgressError(
      `.progress has format ${format}, and this version knows ${FORMAT}; move the file away, or update`,
    );
  }
  return lines;
}

/** The fields of a line, as they are: `points=5/16` is `["points", "5/16"]`. */
export function fieldsOf(line: string): [name: string, value: string][] {
  return Array.from(line.matchAll(/ ([\w-]+)=(\S*)/g), ([, name, value]) => [name, value]);
}
