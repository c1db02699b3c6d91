/** `deno task progress`: where the student stands, a bar for each lesson, and what comes next. */
import { bold, dim, green } from "@std/fmt/colors";
import { shortened } from "../../lessons/tools/flags.ts";
import { LESSONS } from "../../lessons/tools/lesson_flags.ts";
import { colourFor, complain, print } from "../../lessons/tools/screen.ts";
import { type LessonProgress, parseProgress, PROGRESS_FILE, ProgressError } from "./progress.ts";
import { readOrEmpty } from "./replace_file.ts";

const BAR = 14;
const LESSONS_FOLDER = new URL("../../lessons/", import.meta.url);
const HEAD = "lesson                   points                  claims  best   last graded\n";

/** A line for each lesson, at most 80 columns wide, and what comes next. */
export function progressText(
  folders: readonly string[],
  lessons: readonly LessonProgress[],
): string {
  const rows = folders.map((folder) => {
    const number = parseInt(folder);
    return row(folder, lessons.find(({ lesson }) => lesson === number));
  });
  const next = folders.find((folder) => {
    const best = lessons.find(({ lesson }) => lesson === parseInt(folder))?.best;
    return best === undefined || best.score < best.max;
  });
  return `${dim(HEAD)}${rows.join("")}\n${whatNext(next, lessons)}`;
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
    `  deno task lesson${number} --exercise\n  deno task grade ${number}\n  deno task hint ${number}\n`;
}

/** `2026-11-24 10:00`, by the clock on the wall. */
function localTime(iso: string): string {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The lessons' folders, in order. */
function lessonFolders(): string[] {
  const names = Array.from(Deno.readDirSync(LESSONS_FOLDER), ({ name }) => name);
  return LESSONS.flatMap((lesson) => names.filter((name) => name.startsWith(`${lesson}-`)));
}

if (import.meta.main) {
  try {
    const { lessons, damaged } = parseProgress(await readOrEmpty(PROGRESS_FILE));
    for (const { line, text } of damaged) {
      complain(`.progress: line ${line} is damaged, and kept as it is: '${shortened(text)}'`);
    }
    colourFor(Deno.stdout);
    print(progressText(lessonFolders(), lessons));
  } catch (error) {
    if (!(error instanceof ProgressError)) throw error;
    complain(error.message);
    Deno.exit(1);
  }
}
