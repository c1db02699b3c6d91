/** The races of the book: the same work for all models, recorded. */
import { useEffect, useState } from "preact/hooks";
import type { ShownRacer } from "../../race/shown.ts";
import { Figures } from "../race/figures.tsx";
import { Percentiles } from "../race/percentiles.tsx";
import { racers } from "../race/racers.ts";
import { SmallLanes } from "../race/small_lanes.tsx";

/** A race that was recorded. */
export interface BookRace {
  /** What was asked for. */
  readonly words: string;
  readonly racers: readonly ShownRacer[];
}

/** All of them; one is shown. */
export function BookRaces({ races }: { races: readonly BookRace[] }) {
  const [shown, show] = useState(0);
  useEffect(() => {
    racers.value = races[shown].racers;
  }, [shown]);
  return (
    <section class="wide race" aria-labelledby="race">
      <h1 id="race">The race</h1>
      <p>
        One server after the other did the same work, on the machine that recorded this book. Here
        they stand on one time axis. Before you look: who is last, and who needs most threads?
      </p>
      <div class="controls" role="group" aria-label="races">
        {races.map(({ words }, at) => (
          <button
            key={words}
            type="button"
            aria-pressed={at === shown}
            onClick={() => show(at)}
          >
            {words}
          </button>
        ))}
      </div>
      <SmallLanes />
      <Figures />
      <Percentiles />
    </section>
  );
}
