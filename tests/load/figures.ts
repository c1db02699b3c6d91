/** What a load finds out, as `--json` writes it: see `load.schema.json`. */
import type { Machine } from "../compare/figures.ts";
import type { Work } from "./generator/work.ts";

/** The format, which changes when the fields do. */
export const SCHEMA = "connfd/load/v1";

/** The median of all rounds, and between which figures they lay. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** One server under one number of clients. What could not be seen is not there. */
export interface Point {
  readonly target: string;
  readonly clients: number;
  /** Rounds that were measured; after Ctrl-C the last may be a part. */
  readonly rounds: number;
  readonly requests: number;
  /** Requests that should have gone and had no reply 2 s after their time. */
  readonly unanswered: number;
  readonly per_second: Spread;
  /** In µs, of all rounds together, by percentile. */
  readonly latency_us: Readonly<Record<string, number>>;
  /** All of them: HdrHistogram's own format, version 2, compressed, in Base64. */
  readonly histogram: string;
  /** The server's CPU time for one request, in µs. */
  readonly cpu_us?: Spread;
  readonly memory_bytes?: Spread;
  readonly threads?: Spread;
  /** The part of its time that the generator's threads were busy. */
  readonly generator_busy: number;
  /** By how much requests went late because of the generator, in µs; at a fixed rate only. */
  readonly late_us?: { readonly p50: number; readonly p99: number };
}

/** A whole run. */
export interface LoadFigures {
  readonly schema: typeof SCHEMA;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly work: Work;
  readonly pipeline: number;
  readonly churn: boolean;
  readonly idle: number;
  readonly rate?: number;
  readonly seconds: number;
  readonly warm_up_seconds: number;
  readonly generator_threads: number;
  /** Ended by Ctrl-C. */
  readonly cut_short: boolean;
  readonly points: readonly Point[];
  /** What could not be measured, and why; a sentence each. */
  readonly missing: readonly string[];
}

/** The percentiles that are told, by their names. */
export const PERCENTILES: Readonly<Record<string, number>> = {
  p50: 50,
  p90: 90,
  p99: 99,
  "p99.9": 99.9,
  "p99.99": 99.99,
  most: 100,
};
