/** The file `.progress` in the project's folder; what stands in it, see `progress_lines.ts`. */
import { complain } from "../tools/screen.ts";
import { ProgressError } from "./progress_lines.ts";
import { changeFile, readOrEmpty } from "./replace_file.ts";
import { type Answer, withAnswer } from "./score.ts";

/** The student's file. */
export const PROGRESS_FILE: URL = new URL("../../.progress", import.meta.url);

/** The file's text; "" when there is none. Throws `ProgressError` when it cannot be read. */
export async function progressText(file: URL = PROGRESS_FILE): Promise<string> {
  try {
    return await readOrEmpty(file);
  } catch (error) {
    throw new ProgressError(`.progress: ${error instanceof Error ? error.message : error}`);
  }
}

/** Records an answer. What goes wrong is said in one line; it is no reason to stop the game. */
export async function recordAnswer(answer: Answer, file: URL = PROGRESS_FILE): Promise<void> {
  try {
    await changeFile(file, (text) => withAnswer(text, answer));
  } catch (error) {
    complain(`the answer is not recorded: ${error instanceof Error ? error.message : error}`);
  }
}
