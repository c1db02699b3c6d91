/** The latencies of all racers: below how many ms which part of the requests stays. */
import { useEffect, useRef } from "preact/hooks";
import { effect } from "@preact/signals";
import uPlot from "uplot";
import { inks } from "../lanes/palette.ts";
import { racers } from "./racers.ts";

const HEIGHT_PX = 220;
const dark = matchMedia("(prefers-color-scheme: dark)");
/** Told apart by their dashes, too. */
const LIGHT = [
  "#0a5fbd",
  "#b3261e",
  "#17734a",
  "#7a4bb3",
  "#a35a00",
  "#126a7c",
  "#6d6400",
  "#17222e",
];
const DARK = [
  "#6cb4ff",
  "#ff9a90",
  "#56c992",
  "#c9a6f5",
  "#f0b35c",
  "#7fc8d8",
  "#d9d17a",
  "#e8eef4",
];
const DASHES = [[], [8, 3], [2, 3], [8, 3, 2, 3]];

/** The chart; the figures beside it say the same in numbers. */
export function Percentiles() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => drawWhenChanged(element.current), []);
  return (
    <figure class="load">
      <figcaption>
        Latency in ms: from left to right all requests, the quickest first; in the middle the
        median.
      </figcaption>
      <div ref={element} aria-hidden="true" />
    </figure>
  );
}

/** Returns what ends it. */
function drawWhenChanged(element: HTMLDivElement | null): () => void {
  if (element === null) return () => {};
  let plot: uPlot | undefined;
  const again = () => {
    plot?.destroy();
    plot = makePlot(element);
  };
  const resized = () => plot?.setSize({ width: element.clientWidth, height: HEIGHT_PX });
  const end = effect(again);
  dark.addEventListener("change", again);
  addEventListener("resize", resized);
  return () => {
    end();
    dark.removeEventListener("change", again);
    removeEventListener("resize", resized);
    plot?.destroy();
  };
}

function makePlot(element: HTMLDivElement): uPlot {
  const answered = racers.value.filter(({ percentilesMs }) => percentilesMs.length > 0);
  const { text, line } = inks(dark.matches);
  const colours = dark.matches ? DARK : LIGHT;
  const axis = { stroke: text, font: "11px system-ui, sans-serif", grid: { stroke: line } };
  const percents = answered[0]?.percentilesMs.map((_, n) => n) ?? [];
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT_PX,
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(1, most)] } },
    axes: [
      { ...axis, values: (_, splits) => splits.map((percent) => `${percent} %`) },
      { ...axis, size: 64, values: (_, splits) => splits.map((ms) => `${ms} ms`) },
    ],
    series: [
      {},
      ...answered.map(({ name }, at) => ({
        label: name,
        stroke: colours[at % colours.length],
        width: 2,
        dash: DASHES[at % DASHES.length],
        points: { show: false },
      })),
    ],
  };
  const data = [percents, ...answered.map(({ percentilesMs }) => [...percentilesMs])];
  return new uPlot(options, data as uPlot.AlignedData, element);
}
