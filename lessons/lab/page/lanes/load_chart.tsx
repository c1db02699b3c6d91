/** Counters and queueing delay over time, under the lanes and on their axis. */
import { useEffect, useRef } from "preact/hooks";
import { effect, signal } from "@preact/signals";
import uPlot from "uplot";
import { loadOver } from "../../lanes/load.ts";
import { durationText } from "../../lanes/words.ts";
import { NAMES_PX } from "./drawing.ts";
import { clientLooks, inks } from "./palette.ts";
import { reading } from "./reading.ts";

const COLUMNS = 240, HEIGHT_PX = 120;
/** So wide is `5000 ms`; longer times are in seconds. */
const MS_PX = 64;
/** There is no half client. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200];
const MANY = "There are more requests in this time than can be counted: zoom in.";

/** What the chart says at its right end, in words. */
const words = signal("");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** The chart. */
export function LoadChart() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => drawWhenRead(element.current), []);
  return (
    <figure class="load">
      <div ref={element} aria-hidden="true" />
      <figcaption>{words}</figcaption>
    </figure>
  );
}

/** Returns what ends it. */
function drawWhenRead(element: HTMLDivElement | null): () => void {
  if (element === null) return () => {};
  let plot = makePlot(element);
  const again = () => {
    plot.destroy();
    plot = makePlot(element);
    show(plot);
  };
  const resized = () => plot.setSize({ width: element.clientWidth, height: HEIGHT_PX });
  dark.addEventListener("change", again);
  addEventListener("resize", resized);
  const end = effect(() => show(plot));
  return () => {
    end();
    dark.removeEventListener("change", again);
    removeEventListener("resize", resized);
    plot.destroy();
  };
}

function show(plot: uPlot): void {
  const { lanes, fromUs, toUs, us } = reading.value;
  const load = loadOver(lanes, fromUs, toUs, COLUMNS);
  if (load === undefined) {
    words.value = MANY;
    plot.setData([[fromUs, toUs], [], [], [], []]);
    return;
  }
  const { us: times, connected, waiting, served, delayUs } = load;
  plot.batch(() => {
    const delayMs = delayUs.map((delay) => delay === null ? null : delay / 1000);
    plot.setData([[...times], [...connected], [...waiting], [...served], delayMs], false);
    plot.setScale("x", { min: fromUs, max: toUs });
    plot.setScale("clients", { min: 0, max: Math.max(1, ...connected) });
    plot.setScale("delay", { min: 0, max: Math.max(1, ...delayMs.map((delay) => delay ?? 0)) });
  });
  const at = Math.min(COLUMNS - 1, Math.max(0, times.findLastIndex((time) => time <= us)));
  const longest = Math.max(0, ...delayUs.map((delay) => delay ?? 0));
  words.value = `${connected[at]} connected, ${waiting[at]} wait, ${served[at]} in business. ` +
    `The longest wait that ended in this time: ${durationText(longest)}.`;
}

function makePlot(element: HTMLDivElement): uPlot {
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT_PX,
    padding: [8, 0, 8, 0],
    cursor: { show: false },
    scales: { x: { time: false, auto: false }, clients: { auto: false }, delay: { auto: false } },
    axes: axes(),
    series: series(),
  };
  return new uPlot(options, [[], [], [], [], []], element);
}

/** Both lie under the names of the lanes, so that the times are under the lanes' times. */
function axes(): uPlot.Axis[] {
  const { text, line } = inks(dark.matches);
  const axis = { stroke: text, font: "11px system-ui, sans-serif", size: NAMES_PX - MS_PX };
  const values = (text: (value: number) => string) => (_: uPlot, splits: number[]) =>
    splits.map(text);
  return [
    { show: false },
    { ...axis, scale: "clients", incrs: WHOLE, values: values(String), grid: { stroke: line } },
    { ...axis, scale: "delay", size: MS_PX, values: values(timeText), grid: { show: false } },
  ];
}

/** What stands on the axis of the delay. */
function timeText(ms: number): string {
  return ms < 10_000 ? `${ms} ms` : `${ms / 1000} s`;
}

/** Told apart by their dashes and their marks, too. */
function series(): uPlot.Series[] {
  const looks = clientLooks(dark.matches);
  const paths = uPlot.paths.stepped?.({ align: 1 });
  const counted = { scale: "clients", paths, points: { show: false } };
  return [
    {},
    { ...counted, label: "connected", stroke: inks(dark.matches).text, dash: [2, 3] },
    { ...counted, label: "wait", stroke: looks.queued.fill, width: 2 },
    { ...counted, label: "in business", stroke: looks.business.fill, width: 2, dash: [8, 3] },
    {
      label: "queueing delay in ms: dots",
      scale: "delay",
      stroke: looks["accept-queue"].fill,
      paths: () => null,
      points: { show: true, size: 5 },
    },
  ];
}
