/** One thing that happened in an experiment. */
export interface Step {
  /** Milliseconds since the experiment began. */
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
}
