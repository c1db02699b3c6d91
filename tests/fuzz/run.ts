/** How many cases are tried, from which seed, and how one that fails is shown. */
import type { Parameters } from "fast-check";
import { shownCase } from "./streams.ts";
import type { Sent } from "./requests.ts";

/** The seed of this run; SEED in the environment replays one. */
export function seedOf(): number {
  return Number(Deno.env.get("SEED") ?? crypto.getRandomValues(new Int32Array(1))[0]);
}

/** fast-check's parameters. A case that fails is shown as bytes and cuts, with its seed. */
export function settings(cases: number, seed: number): Parameters<unknown[]> {
  return {
    numRuns: cases,
    seed,
    reporter(result) {
      if (!result.failed) return;
      const [counterexample] = result.counterexample ?? [];
      const shown = isSent(counterexample)
        ? shownCase(counterexample)
        : JSON.stringify(counterexample);
      const error = result.errorInstance instanceof Error
        ? result.errorInstance.message
        : "too few cases";
      throw new Error(
        `SEED=${seed}, after ${result.numRuns} cases, made smaller ${result.numShrinks} times: ${shown}\n${error}`,
      );
    },
  };
}

function isSent(value: unknown): value is Sent {
  return typeof value === "object" && value !== null && "cuts" in value;
}
