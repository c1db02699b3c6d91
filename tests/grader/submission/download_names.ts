/**
 * Names as a gradebook gives them to what it lets an instructor download:
 *
 *   liwei_LATE_123_456_exercise-1.ts        Canvas: name, late or not, student, file, the file's name
 *   LATE_anon_7aZb2_456_exercise.ts         Canvas, where students are marked without their names
 *   liwei_123_text.html                     Canvas, where somebody typed text, or a link (_link.html)
 *   Li Wei_12345_assignsubmission_file/     Moodle: name, participant; a folder, or one file:
 *   Li Wei_12345_assignsubmission_file_exercise.ts
 *
 * The number behind the name is what the gradebook knows the student by; so it stays with the name.
 */

/** What such a name says. */
export interface DownloadName {
  /** `liwei_123`, `Li Wei_12345`. */
  readonly student: string;
  readonly late: boolean;
  /** A greater one was handed in later. */
  readonly order: number;
  /** As the student called it; empty for a folder. */
  readonly file: string;
}

const CANVAS = /^(.+?)_(LATE_)?(\d+)_(\d+)_(.+)$/;
const ANONYMOUS = /^(LATE_)?(anon_[A-Za-z0-9]+)_(\d+)_(.+)$/;
const MOODLE = /^(.+)_(\d+)_assignsubmission_file(?:_(.*))?$/;
/** What was typed, and not a file: as Moodle and as Canvas have it. */
const MOODLE_TEXT = /^(.+_\d+)_assignsubmission_onlinetext(_.*)?$/;
const CANVAS_TEXT = /^(.+?)_(LATE_)?(\d+)_(text|link)\.html$/;
/** Canvas numbers the files of a later attempt: `exercise-1.ts`. */
const ATTEMPT = /-(\d{1,3})(?=(\.[^.]+)?$)/;

/** @returns undefined for a name that somebody gave by hand. */
export function downloadName(name: string): DownloadName | undefined {
  const moodle = MOODLE.exec(name);
  if (moodle !== null) {
    const [, student, id, file = ""] = moodle;
    return { student: `${student}_${id}`, late: false, order: 0, file };
  }
  const anonymous = ANONYMOUS.exec(name);
  if (anonymous !== null) {
    const [, late, student, order, file] = anonymous;
    return canvasName(student, late, order, file);
  }
  const [, typed] = MOODLE_TEXT.exec(name) ?? [];
  if (typed !== undefined) return { student: typed, late: false, order: 0, file: "" };
  const [, typist, typedLate, typistId] = CANVAS_TEXT.exec(name) ?? [];
  if (typist !== undefined) return canvasName(`${typist}_${typistId}`, typedLate, "0", "");
  const canvas = CANVAS.exec(name);
  if (canvas === null) return undefined;
  const [, student, late, id, order, file] = canvas;
  return canvasName(`${student}_${id}`, late, order, file);
}

function canvasName(student: string, late: string | undefined, order: string, file: string) {
  const name = file.replace(ATTEMPT, "");
  return { student, late: late !== undefined, order: Number(order), file: name };
}

/** Whether it is what a student typed into the gradebook's page, and no program. */
export function isNoProgram(name: string): boolean {
  return MOODLE_TEXT.test(name) || CANVAS_TEXT.test(name);
}

/** The number that a gradebook knows a student by; undefined when the name has none. */
export function gradebookId(student: string): string | undefined {
  return /_(\d+)$/.exec(student)?.[1];
}
