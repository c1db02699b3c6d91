/**
 * Codes in place of names, so that who reads results does not know whose they are. The key is a table
 * of codes and names. It is made once, and machines that grade parts of a class need the same one.
 */
import { randomBytes } from "node:crypto";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { plainText } from "../report/plain_text.ts";
import type { GradeResult } from "../report/result.ts";
import type { Submission } from "../submission/submissions_folder.ts";
import { csvText, readCsv } from "./csv.ts";

/** Bytes of a code: two of a class get the same only by great chance, and then it is drawn again. */
const CODE_BYTES = 4;

/** The key, and what is done by it. */
export class Codes {
  readonly #codes = new Map<string, string>();

  /**
   * @param path of the key; it is made when it is not there.
   * @throws UsageError when it cannot be read.
   */
  constructor(readonly path: string) {
    if (!exists(path)) return;
    for (const { code, student } of keyRows(path, "anonymous")) this.#codes.set(student, code);
  }

  /**
   * The same submissions, known by codes and in the order of these. Who has none yet gets one.
   *
   * @throws UsageError when the key cannot be written.
   */
  of(submissions: readonly Submission[]): Submission[] {
    const used = new Set(this.#codes.values());
    const fresh = submissions.filter(({ student }) => !this.#codes.has(student));
    for (const { student } of fresh) {
      let code: string;
      do code = `s-${randomBytes(CODE_BYTES).toString("hex")}`; while (used.has(code));
      used.add(code);
      this.#codes.set(student, code);
    }
    if (fresh.length > 0) this.#write();
    // A note names files.
    const coded = submissions.map((one) => ({
      ...one,
      student: this.#codes.get(one.student) ?? "",
      note: one.note === "" ? "" : "see the key",
    }));
    return coded.sort((a, b) => a.student < b.student ? -1 : 1);
  }

  #write(): void {
    const rows = [...this.#codes].map(([student, code]) => [code, student]).sort();
    try {
      const options = { mode: 0o600 };
      Deno.writeTextFileSync(this.path, csvText([["code", "student"], ...rows]), options);
    } catch (error) {
      const [why] = (error as Error).message.split("\n");
      throw new UsageError(`--anonymous: cannot write ${this.path}: ${why}`);
    }
  }
}

/** A result that names the submission by its code. What the student's own program says stays. */
export function withCode(result: GradeResult, name: string, code: string): GradeResult {
  const coded = (text: string) =>
    text.replaceAll(name, code).replaceAll(plainText(name, name.length), code);
  const lessons = result.lessons.map((lesson) => ({
    ...lesson,
    error: coded(lesson.error),
    claims: lesson.claims.map((row) => ({ ...row, measured: coded(row.measured) })),
  }));
  return { ...result, target: coded(result.target), error: coded(result.error), lessons };
}

/**
 * @param path of the key.
 * @returns the name behind a code; what is no code stays as it is.
 * @throws UsageError when it cannot be read.
 */
export function namesBack(path: string): (code: string) => string {
  const names = new Map(keyRows(path, "key").map(({ code, student }) => [code, student]));
  return (code) => names.get(code) ?? code;
}

function keyRows(path: string, flag: string) {
  const { columns, rows } = readCsv(path, flag);
  if (columns.includes("code") && columns.includes("student")) return rows;
  throw new UsageError(`--${flag}: ${path} is no key: it has no columns code and student`);
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
