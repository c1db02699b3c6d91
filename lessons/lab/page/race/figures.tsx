/** What each racer took and cost, as bars: a small table a figure, its bars on one axis. */
import { withUnit } from "../../../play/hit.ts";
import type { ShownRacer } from "../../race/shown.ts";
import { OneAxis } from "../predict/one_axis.tsx";
import { racers } from "./racers.ts";

/** Figures, in the order in which they stand there. */
const FIGURES: readonly {
  readonly title: string;
  readonly unit: string;
  readonly of: (racer: ShownRacer) => number | undefined;
}[] = [
  { title: "Last reply", unit: "ms", of: ({ lastReplyMs }) => lastReplyMs },
  { title: "Half of the requests take less than", unit: "ms", of: percentile(50) },
  { title: "99 of 100 take less than", unit: "ms", of: percentile(99) },
  { title: "In business at once", unit: "requests", of: ({ atOnce }) => atOnce },
  { title: "Threads, Deno's own among them", unit: "threads", of: ({ threads }) => threads },
  { title: "Memory", unit: "MiB", of: ({ memoryMib }) => memoryMib },
  { title: "CPU time", unit: "ms", of: ({ cpuMs }) => cpuMs },
];

/** All of them. */
export function Figures() {
  return (
    <>
      <p>
        A lesson's server does a mix twice: with a trace, for the lanes and what was in business at
        once, and without one, for the other figures. A scene is played once.
      </p>
      <div class="figures">
        {FIGURES.map(({ title, unit, of }) => {
          const bars = racers.value.flatMap((racer) => {
            const value = of(racer);
            if (value === undefined) return [];
            return [{ name: racer.name, value, text: withUnit(rounded(value), unit) }];
          });
          if (bars.length === 0) return null;
          return (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <OneAxis bars={bars} />
            </section>
          );
        })}
      </div>
    </>
  );
}

/** The latency below which so many of a hundred stay; undefined when nothing was answered. */
function percentile(n: number) {
  return ({ percentilesMs }: ShownRacer): number | undefined => percentilesMs[n];
}

function rounded(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
