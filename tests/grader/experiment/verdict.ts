/** What came of one try of one claim. */
import type { Seen } from "./seen.ts";
import type { Step } from "./step.ts";

/** What an experiment found out. */
export interface Verdict {
  readonly status: "pass" | "fail" | "inconclusive";
  /** What was measured, or what was seen instead of what was claimed. */
  readonly measured: string;
  /** When it failed: the likely cause, and what to do about it. */
  readonly hint?: string;
  /** What was done and seen, in order. */
  readonly steps: readonly Step[];
  /** What the servers under test have written: lines that are worth showing. */
  readonly said?: readonly string[];
  readonly seen?: Seen;
  /** How long the try took, the start of its servers included. */
  readonly durationMs?: number;
  /** Whether it was given up because it took too long: then it is not worth many tries. */
  readonly outOfTime?: boolean;
}
