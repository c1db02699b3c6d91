/** How much a comparison does: more of it costs time, and makes the figures steadier. */
import type { Bounds } from "./workloads.ts";

/** How much is done. */
export interface Effort {
  /** Servers that are started, one after the other. */
  readonly starts: number;
  /** Measurements of which the median is taken. */
  readonly runs: number;
  readonly sleepMs: number;
  /** What one FIB may take. */
  readonly fibMs: number;
  readonly newClients: Bounds;
  readonly warmUp: Bounds;
  readonly pings: Bounds;
  readonly roundTrips: Bounds;
}

/** For figures that one can rely on. */
export const FULL: Effort = {
  starts: 3,
  runs: 3,
  sleepMs: 150,
  fibMs: 80,
  newClients: { ms: 1500, most: 31 },
  warmUp: { ms: 400, most: 20_000 },
  pings: { ms: 700, most: 50_000 },
  roundTrips: { ms: 700, most: 30_000 },
};

/** For a look. */
export const QUICK: Effort = {
  starts: 1,
  runs: 1,
  sleepMs: 20,
  fibMs: 4,
  newClients: { ms: 100, most: 3 },
  warmUp: { ms: 30, most: 500 },
  pings: { ms: 100, most: 2000 },
  roundTrips: { ms: 100, most: 2000 },
};
