/**
 * A class in parts, for several machines. Whose part a student is in follows from the name alone:
 * neither from who else is there, nor from the machine, nor from the order of a folder. So a part
 * can be graded again, anywhere, and is the same students.
 */
import { createHash } from "node:crypto";
import type { Flag } from "../../../lessons/tools/flags.ts";

/** One part of a class, counted from 1. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** A class that is not in parts. */
export const WHOLE: Part = { number: 1, of: 1 };
/** More machines than any school has. */
const MOST_PARTS = 1000;

/** `--part 3/8`. */
export const PART: Flag<Part> = {
  placeholder: "K/N",
  about: "grade one of N parts of the class",
  allowed: `a part such as 3/8, of ${MOST_PARTS} at most`,
  parse(text) {
    const [, number, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
    return number >= 1 && number <= of && of <= MOST_PARTS ? { number, of } : undefined;
  },
};

/**
 * The part that a student is in. A name may be written with é as one character or as two, as
 * systems do: it is the same name.
 *
 * @returns a number from 1 to `parts`.
 */
export function partOf(student: string, parts: number): number {
  const hash = createHash("sha256").update(student.normalize("NFC")).digest();
  return hash.readUInt32BE(0) % parts + 1;
}

/** The part as it is typed: `3/8`. */
export function partText({ number, of }: Part): string {
  return `${number}/${of}`;
}
