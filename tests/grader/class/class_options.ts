/** What an instructor wants of the tables: flags that `grade-all` and `grade-join` have in common. */
import { resolve } from "node:path";
import { type FlagValues, onOff, UsageError } from "../../../lessons/tools/flags.ts";
import { text } from "../grading/grader_flags.ts";
import { readLateDays } from "./late_days.ts";
import { NO_POLICY, type Policy, readPolicy } from "./policy.ts";
import { readRoster, type Roster } from "./roster.ts";

/** The flags. */
export const CLASS_FLAGS = {
  roster: text("FILE", "who is in the class, as CSV", "a file"),
  late: text("FILE", "days late, as CSV: student, days", "a file"),
  policy: text("FILE", "claims left out, other points, lateness", "a file"),
  canvas: text("NAME", "make canvas.csv; NAME is its assignment", "an assignment's name"),
  moodle: onOff("make moodle.csv"),
};

/** What they say. */
export interface ClassOptions {
  readonly roster?: Roster;
  /** The days by the student's name; undefined when there is no table of them. */
  readonly lateDays?: (student: string) => number;
  readonly policy: Policy;
  /** The assignment as Canvas calls it; undefined: no file for Canvas. */
  readonly canvas?: string;
  readonly moodle: boolean;
}

/**
 * Reads the files that the flags name.
 *
 * @param folder what relative paths start from.
 * @throws UsageError when one is not right.
 */
export function classOptions(
  { roster, late, policy, canvas, moodle }: FlagValues<typeof CLASS_FLAGS>,
  folder: string,
): ClassOptions {
  const list = roster === undefined ? undefined : readRoster(resolve(folder, roster));
  if (moodle === true && list !== undefined && list.kind !== "moodle") {
    throw new UsageError("--moodle fills in Moodle's grading worksheet: give that as --roster");
  }
  return {
    roster: list,
    lateDays: late === undefined ? undefined : readLateDays(resolve(folder, late)),
    policy: policy === undefined ? NO_POLICY : readPolicy(resolve(folder, policy)),
    canvas,
    moodle: moodle === true,
  };
}

/** What the tables are like when nothing is said about them. */
export const USUAL_TABLES: ClassOptions = { policy: NO_POLICY, moodle: false };
