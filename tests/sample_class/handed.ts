/** What a student of the sample class hands in to lesson 3, and what it is to get. */

/** Points: all, none, or some and not all. */
export type Expected = "all" | "none" | "some";

/** One student. */
export interface Handed {
  /** By which the table of results sums up. */
  readonly kind: string;
  /** As `grade-all` knows the student. */
  readonly student: string;
  readonly expects: Expected;
  /** Files in the folder of the class, by their paths. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Whether the small class has it too, which is graded in CI: it costs a second or two. */
  readonly quick?: true;
}

/** One file that is a student's. */
export function oneFile(
  kind: string,
  name: string,
  content: string | Uint8Array,
  expects: Expected,
): Handed {
  const student = name.replace(/(\.tar\.gz|\.\w+)$/, "");
  return { kind, student, expects, files: { [name]: content } };
}

/** A folder that is a student's. */
export function ownFolder(
  kind: string,
  student: string,
  files: Readonly<Record<string, string>>,
  expects: Expected,
): Handed {
  const inside = Object.entries(files).map(([name, text]) => [`${student}/${name}`, text]);
  return { kind, student, expects, files: Object.fromEntries(inside) };
}

/** The same, in the small class too. */
export function quick(handed: Handed): Handed {
  return { ...handed, quick: true };
}
