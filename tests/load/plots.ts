/** The three plots of a load. */
import { join } from "node:path";
import { writeWhole } from "../grader/report/files.ts";
import { chart, type ChartLine, type Panel } from "../charts/chart.ts";
import { type LoadFigures, PERCENTILES, type Point, type Spread } from "./figures.ts";

const MIB = 2 ** 20;

/** The plots, by the names of their files. */
export function plotsOf(figures: LoadFigures): Readonly<Record<string, string>> {
  const { points } = figures;
  const by = (
    title: string,
    scale: number,
    figure: (point: Point) => Spread | undefined,
  ): Panel => ({
    title,
    xName: "clients",
    lines: overClients(points, scale, figure),
  });
  return {
    "percentiles.svg": chart(
      percentilePanels(points),
      "How long replies took, in µs, by percentile, for each server and number of clients",
    ),
    "throughput.svg": chart([
      by("requests a second", 1, ({ per_second }) => per_second),
      by("CPU for a request, µs", 1, ({ cpu_us }) => cpu_us),
    ], "Requests a second, and the server's CPU time for one, over the number of clients"),
    "memory.svg": chart([
      by("memory, MiB", MIB, ({ memory_bytes }) => memory_bytes),
      by("threads", 1, ({ threads }) => threads),
    ], "The server's memory and threads over the number of clients"),
  };
}

/** Writes them, each whole or not at all. */
export async function writePlots(folder: string, figures: LoadFigures): Promise<void> {
  for (const [name, svg] of Object.entries(plotsOf(figures))) {
    await writeWhole(join(folder, name), svg);
  }
}

function overClients(
  points: readonly Point[],
  scale: number,
  figure: (point: Point) => Spread | undefined,
): ChartLine[] {
  const names = [...new Set(points.map(({ target }) => target))];
  return names.map((name) => ({
    name,
    points: points.filter(({ target }) => target === name).flatMap((point) => {
      const spread = figure(point);
      if (spread === undefined) return [];
      const { median, least, most } = spread;
      return [{ x: point.clients, y: median / scale, least: least / scale, most: most / scale }];
    }),
  })).filter(({ points }) => points.length > 0);
}

/** One for each number of clients: so a server's line has the same mark in all of them. */
function percentilePanels(points: readonly Point[]): Panel[] {
  return [...new Set(points.map(({ clients }) => clients))].map((count) => ({
    title: `time until the reply, µs; ${count} client${count === 1 ? "" : "s"}`,
    xName: "one request in so many takes longer",
    xLabel: (x) => `1 in ${x}`,
    yLog: true,
    lines: points.filter(({ clients }) => clients === count).map(percentileLine),
  }));
}

/** One request in so many takes longer: 2 for the median, 100 for the p99. */
function percentileLine({ target, latency_us }: Point): ChartLine {
  const places = Object.entries(PERCENTILES).filter(([, at]) => at < 100);
  return {
    name: target,
    points: places.map(([name, at]) => ({ x: Math.round(100 / (100 - at)), y: latency_us[name] })),
  };
}
