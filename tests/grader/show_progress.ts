/** `deno task progress`: where the student stands, a bar for each lesson, and what comes next. */
import { bold, dim, green } from "@std/fmt/colors";
import { shortened } from "../../lessons/tools/flags.ts";
import { LESSONS } from "../../lessons/catalogue.ts";
import { colourFor, complain, print } from "../../lessons/tools/screen.ts";
import { TASK } from "../../lessons/tools/typed.ts";
import { type LessonProgress, parseProgress } from "./report/progress.ts";
import { offSentences } from "../../lessons/play/off_text.ts";
import { PROGRESS_FILE } from "../../lessons/play/progress_file.ts";
import { ProgressError } from "../../lessons/play/progress_lines.ts";
import { readOrEmpty } from "../../lessons/play/replace_file.ts";
import { type Score, scoresIn } from "../../lessons/play/score.ts";

const BAR = 14;
const HEAD = "lesson                   points                  claims  best   last graded\n";

/** A line for each lesson, at most 80 columns wide, and what comes next. */
export function progressText(
  folders: readonly string[],
  lessons: readonly LessonProgress[],
  scores: readonly Score[] = [],
): string {
  const rows = folders.map((folder) => {
    const number = parseInt(folder);
    return row(folder, lessons.find(({ lesson }) => lesson === number));
  });
  const next = folders.find((folder) => {
    const best = lessons.find(({ lesson }) => lesson === parseInt(folder))?.best;
    return best === undefined || best.score < best.max;
  });
  return `${dim(HEAD)}${rows.join("")}\n${playedText(scores)}${whatNext(next, lessons)}`;
}

/** A line for each game and lesson that was played, what is asked again first, and how far one missed. */
function playedText(scores: readonly Score[]): string {
  const lines = scores.toSorted((a, b) => a.lesson - b.lesson)
    .map(({ game, lesson, right, asked, missed, off }) => {
      const again = missed.length === 0 ? "" : `; ${missed.length} missed, asked again first`;
      const far = offSentences(off).map((sentence) => `  ${sentence}\n`).join("");
      return `${TASK} ${game} ${lesson}: ${right} of ${asked} right${again}\n${far}`;
    });
  return lines.length === 0 ? "" : `${lines.join("")}\n`;
}

function row(folder: string, progress: LessonProgress | undefined): string {
  const name = folder.replace("-", " ").padEnd(23);
  if (progress === undefined) return `${name}  ${".".repeat(BAR)}         not graded yet\n`;
  const { points: { score, max }, best, passed, failed, graded } = progress;
  const full = max === 0 ? 0 : Math.floor(BAR * score / max);
  const bar = green("#".repeat(full)) + ".".repeat(BAR - full);
  const columns = [
    name,
    bar,
    `${score}/${max}`.padStart(5),
    ` ${passed.length}/${passed.length + failed.length}`.padEnd(6),
    `${best.score}/${best.max}`.padEnd(5),
    localTime(graded),
  ];
  return columns.join("  ") + "\n";
}

function whatNext(folder: string | undefined, lessons: readonly LessonProgress[]): string {
  if (folder === undefined) return "Every exercise has full marks.\n";
  const number = parseInt(folder);
  const failed = lessons.find(({ lesson }) => lesson === number)?.failed ?? [];
  const still = failed.length === 0 ? "" : `; still to pass: ${failed.join(" ")}`;
  return `Next: ${bold(`lessons/${folder}/exercise.ts`)}${still}\n` +
    [`watch ${number}`, `grade ${number}`, `hint ${number}`].map((task) => `  ${TASK} ${task}\n`)
      .join("");
}

/** `2026-11-24 10:00`, by the clock on the wall. */
function localTime(iso: string): string {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

if (import.meta.main) {
  try {
    const text = await readOrEmpty(PROGRESS_FILE);
    const { lessons, damaged } = parseProgress(text);
    for (const { line, text: damage } of damaged) {
      complain(`.progress: line ${line} is damaged, and kept as it is: '${shortened(damage)}'`);
    }
    colourFor(Deno.stdout);
    const folders = LESSONS.map(({ number, slug }) => `${number}-${slug}`);
    print(progressText(folders, lessons, scoresIn(text)));
  } catch (error) {
    if (!(error instanceof ProgressError)) throw error;
    complain(error.message);
    Deno.exit(1);
  }
}
