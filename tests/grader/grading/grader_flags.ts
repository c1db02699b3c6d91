/** Flags that several of the grader's programs have. */
import { type Flag, wholeNumber } from "../../../lessons/tools/flags.ts";

/** A flag whose value is a path or a command. */
export function text(placeholder: string, about: string, allowed: string): Flag<string> {
  return { placeholder, about, allowed, parse: (typed) => typed };
}

export const SEED = wholeNumber(0, 2 ** 32 - 1, "N", "draw the same values as an earlier run");
export const CLAIMS = text("DIR", "claims of your own, beside the lessons'", "a folder");
