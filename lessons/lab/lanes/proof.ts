/** The verdict of an experiment that is made on a server. */

/** How a claim stands. */
export interface Proof {
  readonly claim: string;
  readonly status: "running" | "pass" | "fail" | "inconclusive";
  /** What was measured, or seen instead. */
  readonly measured: string;
  readonly hint: string;
  /** The client that decided it, and when. */
  readonly client?: number;
  readonly us?: number;
}
