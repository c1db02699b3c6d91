/** Which verdicts the rounds of `deno task flaky` have seen, and how often. */
import { counted } from "../probes/thread_count.ts";
import type { RoundVerdicts } from "./flaky_round.ts";

/** How often a verdict was seen, and what was measured the first time. */
interface Seen {
  times: number;
  readonly measured: string;
}

/** Which verdicts were seen, by lesson, model and claim. */
export class Counts {
  readonly #counts = new Map<string, Map<string, Seen>>();
  /** How often an experiment had to be repeated, because it could not tell at first. */
  readonly #repeats = new Map<string, number>();

  /** Counts what one round has seen. Returns the lines of claims that have a new verdict beside another. */
  add(verdicts: RoundVerdicts): string[] {
    const news: string[] = [];
    for (const [claim, { status, measured, tries }] of Object.entries(verdicts)) {
      const counts = this.#counts.get(claim) ?? new Map<string, Seen>();
      this.#counts.set(claim, counts);
      const seen = counts.get(status);
      if (seen === undefined && counts.size > 0) news.push(`${claim}: ${status}: ${measured}`);
      if (seen === undefined) counts.set(status, { times: 1, measured });
      else seen.times++;
      if (tries > 1) this.#repeats.set(claim, (this.#repeats.get(claim) ?? 0) + tries - 1);
    }
    return news;
  }

  /** How many claims were seen. */
  get size(): number {
    return this.#counts.size;
  }

  /** Experiments that had to be repeated. */
  get repeated(): number {
    return [...this.#repeats.values()].reduce((total, times) => total + times, 0);
  }

  /** A line for each claim that had to be repeated. */
  get repeats(): string[] {
    return [...this.#repeats].map(([claim, times]) => `${claim}: ${counted(times, "repeat")}`);
  }

  /** Lines on the claims whose verdict was not the same every time. */
  get differing(): string[][] {
    const differing = [...this.#counts].filter(([, counts]) => counts.size > 1);
    return differing.map(([claim, counts]) => [
      claim,
      ...[...counts].map(([status, { times, measured }]) => `  ${times} ${status}: ${measured}`),
    ]);
  }
}
