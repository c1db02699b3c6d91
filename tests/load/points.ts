/** Rounds, taken in turn, and what they come to together. */
import { Tally } from "./generator/tally.ts";
import { median } from "../../lessons/lab/race/statistics.ts";
import type { LoadRequest } from "./arguments.ts";
import { PERCENTILES, type Point, type Spread } from "./figures.ts";
import { measureRound, type Round } from "./measure.ts";
import { startTarget, type Target } from "./targets.ts";

/** So long after it was cut short a round may still say what it has measured; a start is not awaited. */
const CUT_SHORT_MS = 700;

/** One server under one number of clients, and its rounds so far. */
interface Place {
  readonly target: Target;
  readonly clients: number;
  readonly rounds: Round[];
  error?: string;
}

/** What was found out. */
export interface Found {
  readonly points: readonly Point[];
  readonly missing: readonly string[];
}

/**
 * Measures each server with each number of clients, once a round; so a machine that is busy for a
 * while spoils a round of each, and not all rounds of one.
 *
 * @param onRound is told what is measured next.
 * @param signal ends it early; what was measured until then is returned.
 */
export async function measureAll(
  request: LoadRequest,
  onRound: (what: string, number: number) => void,
  signal: AbortSignal,
): Promise<Found> {
  const places: Place[] = request.targets.flatMap((target) =>
    request.clients.map((clients) => ({ target, clients, rounds: [] }))
  );
  for (let round = 0; round < request.rounds; round++) {
    for (const [i, place] of places.entries()) {
      if (signal.aborted) break;
      onRound(`${place.target.name}, ${clientsText(place.clients)}`, round * places.length + i);
      if (place.error === undefined) await takeRound(place, request, round, signal);
    }
  }
  const measured = places.filter(({ rounds }) => rounds.length > 0);
  const missing = places.flatMap(({ target, clients, error }) => {
    return error === undefined ? [] : [`${target.name}, ${clientsText(clients)}: ${error}.`];
  });
  return { points: measured.map(pointOf(request)), missing };
}

function clientsText(clients: number): string {
  return clients === 1 ? "1 client" : `${clients} clients`;
}

async function takeRound(
  place: Place,
  request: LoadRequest,
  seed: number,
  signal: AbortSignal,
): Promise<void> {
  const tooLate = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => timer = setTimeout(tooLate.resolve, CUT_SHORT_MS);
  signal.addEventListener("abort", onAbort);
  try {
    const measuring = roundOf(place, request, seed, signal);
    // What comes too late is nobody's.
    measuring.catch(() => {});
    const round = await Promise.race([measuring, tooLate.promise]);
    if (round && round.tally.latency.totalCount > 0) place.rounds.push(round);
  } catch (error) {
    // What was cut short says nothing of the server.
    if (!signal.aborted) place.error = error instanceof Error ? error.message : `${error}`;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

async function roundOf(
  { target, clients }: Place,
  request: LoadRequest,
  seed: number,
  signal: AbortSignal,
): Promise<Round> {
  const subject = await startTarget(target, clients + request.idle);
  try {
    return await measureRound(subject, clients, request, seed, signal);
  } finally {
    await subject.stop();
  }
}

/** The median of the figures, and the least and the most. */
export function spreadOf(figures: readonly number[]): Spread {
  return { median: median(figures), least: Math.min(...figures), most: Math.max(...figures) };
}

function spreadIn(rounds: readonly Round[], figure: (round: Round) => number | undefined) {
  const figures = rounds.map(figure).filter((value) => value !== undefined);
  return figures.length === 0 ? undefined : spreadOf(figures);
}

function pointOf({ rate }: LoadRequest): (place: Place) => Point {
  return ({ target, clients, rounds }) => {
    const all = Tally.merged(rounds.map(({ tally }) => tally), true);
    const { latency, late } = all;
    return {
      target: target.name,
      clients,
      rounds: rounds.length,
      requests: all.replies,
      unanswered: all.unanswered,
      per_second: spreadOf(rounds.map(({ tally }) => tally.replies / tally.seconds)),
      latency_us: Object.fromEntries(
        Object.entries(PERCENTILES).map(([name, at]) => [name, latency.getValueAtPercentile(at)]),
      ),
      histogram: all.toData().latency,
      cpu_us: spreadIn(rounds, ({ cpuUs }) => cpuUs),
      memory_bytes: spreadIn(rounds, ({ memoryBytes }) => memoryBytes),
      threads: spreadIn(rounds, ({ threads }) => threads),
      generator_busy: spreadOf(rounds.map(({ generatorBusy }) => generatorBusy)).median,
      late_us: rate === undefined ? undefined : {
        p50: late.getValueAtPercentile(50),
        p99: late.getValueAtPercentile(99),
      },
    };
  };
}
