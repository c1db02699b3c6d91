/** Figures of a comparison that nobody measured. */
import { type Comparison, SCHEMA } from "../compare/figures.ts";
import { furtherText } from "../compare/further.ts";
import { factsOf } from "../compare/models.ts";
import { SCHEMA as LOAD_SCHEMA } from "../load/figures.ts";
import { REDIS } from "../peers/servers.ts";
import { ASKINGS } from "../peers/side_by_side.ts";

/** A comparison as it could come out, with long texts and wide figures. */
export const MADE_UP: Comparison = {
  schema: SCHEMA,
  date: "2026-01-31T12:00:00.000Z",
  command: "deno task compare",
  quick: false,
  machine: {
    cores: 128,
    cpu: "A CPU with a long name, as they have it, and its clock rate @ 2.80 GHz",
    memory_bytes: 2 ** 36,
    os: "linux 6.1",
    deno: "2.9.6",
    load_average: 0.04,
  },
  pool: 4,
  fib: 36,
  yardstick: "redis-server",
  models: [
    {
      model: 2,
      io: "deno",
      name: factsOf(2).name,
      memory_clients: 20,
      processes: 1,
      threads_20_clients: 1000,
      memory_per_client_bytes: 10_000 * 1024,
      fib_ratio: 0.504,
      ping_median_us: 123_456.7,
    },
    {
      model: 5,
      io: "deno",
      name: factsOf(5).name,
      memory_clients: 500,
      error: "it does not listen",
    },
  ],
  redis: { ping_median_us: 25, ping_clients: 50 },
  missing: ["A long sentence that says what was not measured, and why, and what to do about it."],
};

const SPREAD = { median: 1.234, least: 0.5, most: 123_456 };

/** What stands below the tables, as it could come out. */
export const FURTHER = furtherText({
  servers: [REDIS.name, "model 3, --io kernel"].map((name) => ({
    name,
    us: Object.fromEntries(ASKINGS.map(({ name }) => [name, SPREAD])),
    ratio: {},
  })),
  pools: [],
  missing: ["Go, epoll: there is no go here."],
}, {
  ...{ schema: LOAD_SCHEMA, date: MADE_UP.date, command: "deno task load 3" },
  ...{ machine: MADE_UP.machine, work: { name: "ping", size: 0 }, pipeline: 1, churn: false },
  ...{ idle: 0, seconds: 2, warm_up_seconds: 0.5, generator_threads: 1, cut_short: false },
  ...{ points: [], missing: [] },
});
