/** What a comparison finds out, as `--json` writes it: see `comparison.schema.json`. */

import type { Floor } from "../../models/parts/options.ts";

/** The figures of one server. One that could not be measured is not there. */
export interface Figures {
  /** Of the operating system: all that the server has, Deno's own among them. */
  readonly processes?: number;
  readonly threads?: number;
  /** With 20 clients that are connected and silent. */
  readonly threads_20_clients?: number;
  /** Memory before any client: the processes' shares, added up. */
  readonly memory_bytes?: number;
  readonly memory_per_client_bytes?: number;
  /** From the start of the program until it listens, and until a client has its first reply. */
  readonly listens_ms?: number;
  readonly replies_ms?: number;
  /** Of a client that connects, asks for PING and leaves. */
  readonly new_client_ms?: number;
  /** Requests that block at the same time, of eight. */
  readonly sleep_at_once?: number;
  /** For eight requests that compute. */
  readonly fib_ms?: number;
  /** The same as a part of what the baseline, model 3, takes. */
  readonly fib_ratio?: number;
  /** One client that sends PING all the time: the server's CPU time for each, in µs. */
  readonly ping_alone_cpu_us?: number;
  readonly ping_alone_ratio?: number;
  /** How long that client waits for PONG, in µs: the median, and what one in a hundred exceeds. */
  readonly ping_median_us?: number;
  readonly ping_p99_us?: number;
  /** Many such clients; a ratio is a multiple of the yardstick's figure. */
  readonly ping_clients?: number;
  readonly ping_load_cpu_us?: number;
  readonly ping_load_ratio?: number;
}

/** One row. */
export interface ModelRow extends Figures {
  readonly model: number;
  /** The floor that it stands on. */
  readonly io: Floor;
  readonly name: string;
  /** Clients by which its memory was measured. */
  readonly memory_clients: number;
  /** Why the rest of the figures is not there. */
  readonly error?: string;
}

/** The machine, as far as it has a say in the figures. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memory_bytes: number;
  readonly os: string;
  readonly deno: string;
  /** Of the last minute, before the run. */
  readonly load_average: number;
  /** The part of all cores that others used just before the run; Linux only. */
  readonly busy?: number;
}

/** The format, which changes when the fields do. */
export const SCHEMA = "connfd/comparison/v1";

/** A whole run. */
export interface Comparison {
  readonly schema: typeof SCHEMA;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly command: string;
  /** Little was done: the figures are for a look. */
  readonly quick: boolean;
  readonly machine: Machine;
  readonly pool: number;
  /** The n of the FIB that was asked for. */
  readonly fib: number;
  /** What the ratios of PING are multiples of. */
  readonly yardstick: "redis-server" | "model 3" | "none";
  readonly models: readonly ModelRow[];
  /** redis-server's figures, where it is installed. */
  readonly redis?: Figures;
  /** What was not measured, and why; a sentence each. */
  readonly missing: readonly string[];
}
