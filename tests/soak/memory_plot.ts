/** The memory of the servers over the time of a soak, as a picture that needs nothing else. */
import { chart } from "../charts/chart.ts";

/** What a server had at one moment. */
export interface Sample {
  readonly seconds: number;
  readonly residentBytes: number;
  readonly threads: number;
  readonly descriptors: number;
}

const MIB = 2 ** 20;

/** @returns the text of an SVG file. */
export function memoryPlot(
  soaked: readonly { readonly model: number; readonly samples: readonly Sample[] }[],
): string {
  const lines = soaked.map(({ model, samples }) => ({
    name: `model ${model}`,
    points: samples.map(({ seconds, residentBytes }) => ({ x: seconds, y: residentBytes / MIB })),
  }));
  return chart(
    [{ title: "resident memory, MiB", xName: "seconds", xLinear: true, lines }],
    "The resident memory of each model's server over the time of the run",
  );
}
