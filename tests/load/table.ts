/** What a load found out, for a terminal of 80 columns. */
import { machineText } from "../compare/machine.ts";
import { wrapped } from "../compare/page.ts";
import type { LoadFigures, Point, Spread } from "./figures.ts";

const NAME_WIDTH = 24, MIB = 2 ** 20;
/** From here on the generator may be what was measured; at a fixed rate it is busy with waiting. */
const BUSY = 0.9;

/** A figure with three digits that count, or a whole number; a dash stands for none. */
export function figureText(figure: number | undefined): string {
  if (figure === undefined) return "–";
  return figure.toFixed(figure >= 100 ? 0 : figure >= 10 ? 1 : 2);
}

/** The least and the most. */
export function rangeText(spread: Spread | undefined): string {
  return spread === undefined ? "–" : `${figureText(spread.least)}..${figureText(spread.most)}`;
}

/** A time in µs, with its unit. */
function timeText(us: number | undefined): string {
  if (us === undefined) return "–";
  if (us < 1000) return `${us} µs`;
  return us < 1_000_000 ? `${figureText(us / 1000)} ms` : `${figureText(us / 1_000_000)} s`;
}

/** The whole report. */
export function loadReport(figures: LoadFigures): string {
  const notes = [...figures.missing, ...notesOn(figures)];
  const tables = figures.points.length === 0 ? [] : [clientsTable(figures), serverTable(figures)];
  return [
    settingsText(figures),
    ...tables,
    ...notes.length === 0 ? [] : [notes.map(wrapped).join("")],
  ]
    .join("\n");
}

function settingsText(figures: LoadFigures): string {
  const { machine, work, pipeline, churn, idle, rate, seconds } = figures;
  const words = [
    `${work.name.toUpperCase()}${
      work.name === "ping" || work.name === "mix" ? "" : ` ${work.size}`
    }`,
    ...pipeline > 1 ? [`${pipeline} in one piece`] : [],
    ...churn ? ["a connection for each"] : [],
    ...idle > 0 ? [`${idle} idle clients beside`] : [],
    rate === undefined ? "closed loop" : `open loop, ${rate} a second`,
    `rounds of ${seconds} s`,
    ...figures.cut_short ? ["cut short"] : [],
  ];
  return wrapped(machineText(machine)) + wrapped(words.join(", "));
}

function line(name: string, clients: string, cells: readonly string[], widths: readonly number[]) {
  const rest = cells.map((cell, i) => cell.padStart(widths[i])).join("");
  return `${name.padEnd(NAME_WIDTH)}${clients.padStart(8)}${rest}`.trimEnd() + "\n";
}

function clientsTable({ points }: LoadFigures): string {
  const widths = [9, 15, 8, 8, 8];
  const head =
    line("What clients saw", "clients", ["requests", "", "p50", "p99", "p99.9"], widths) +
    line("", "", ["a second", "least..most"], widths);
  return head +
    points.map(({ target, clients, per_second, latency_us }) =>
      line(target, `${clients}`, [
        figureText(per_second.median),
        rangeText(per_second),
        ...["p50", "p99", "p99.9"].map((name) => timeText(latency_us[name])),
      ], widths)
    ).join("");
}

function serverTable({ points }: LoadFigures): string {
  const widths = [9, 15, 8, 8];
  const head =
    line("What it cost the server", "clients", ["CPU, µs", "", "memory", "threads"], widths) +
    line("", "", ["a request", "least..most", "MiB"], widths);
  return head +
    points.map(({ target, clients, cpu_us, memory_bytes, threads }) =>
      line(target, `${clients}`, [
        figureText(cpu_us?.median),
        rangeText(cpu_us),
        figureText(memory_bytes && memory_bytes.median / MIB),
        threads === undefined ? "–" : `${threads.median}`,
      ], widths)
    ).join("");
}

/** What has to be known when the figures are read; a sentence each. */
function notesOn({ points }: LoadFigures): string[] {
  const where = ({ target, clients }: Point) => `${target}, ${clients} clients`;
  return points.flatMap((point) => [
    ...point.unanswered === 0 ? [] : [
      `${where(point)}: ${point.unanswered} requests had no reply in time; each counts with its ` +
      "time until then.",
    ],
    ...point.late_us !== undefined || point.generator_busy < BUSY ? [] : [
      `${where(point)}: the generator was busy ${
        Math.round(point.generator_busy * 100)
      } % of the time; the server could perhaps do more: see --threads.`,
    ],
    ...point.late_us === undefined ? [] : [
      `${where(point)}: the generator itself was late by ${timeText(point.late_us.p50)} (p50), ` +
      `${timeText(point.late_us.p99)} (p99); that is in the times above.`,
    ],
  ]);
}
