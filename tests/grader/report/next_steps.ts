/** What to do next, in a line or three: they stand last, where the eye is. */
import { TASK } from "../../../lessons/tools/typed.ts";
import { firstFailureFirst } from "./one_next_thing.ts";
import { plainText } from "./plain_text.ts";
import type { ClaimResult, LessonResult } from "./result.ts";

const MOST_CHARACTERS = 200;

/**
 * @param again the flags that say what was graded; undefined: the lesson's exercise, and then the reader
 *   is the one who works on it.
 */
export function nextSteps({ lesson, claims }: LessonResult, again?: string): string[] {
  const failing = firstFailureFirst(claims);
  const [first] = failing;
  const alone = `${TASK} grade ${first.id} --steps`;
  if (again !== undefined) return [`next: ${plainText(`${alone} ${again}`, MOST_CHARACTERS)}`];
  const unanswered = failing.some(isUntried);
  return unanswered
    ? [
      `next: fix that (${TASK} hint ${lesson} helps). See it in two terminals:`,
      row(`  ${TASK} lesson${lesson} --exercise`, "runs yours"),
      row(`  ${TASK} client ${lesson} PING`, "asks it"),
    ]
    : [
      "next: fix the first one, and try it alone:",
      row(`  ${alone}`, "with all its steps"),
      row(`  ${TASK} hint ${lesson}`, "when you are stuck"),
    ];
}

/** Because of another one. */
function isUntried({ tries }: ClaimResult): boolean {
  return tries === 0;
}

function row(command: string, about: string): string {
  return `${command.padEnd(TASK.length + 24)} ${about}`;
}
