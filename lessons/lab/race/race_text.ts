/** A race as text: lanes on one time axis that begins when the clients ask, and figures. */
import { dim } from "@std/fmt/colors";
import { clientSpanAt } from "../lanes/client_spans.ts";
import { TimeAxis } from "../screen/axis.ts";
import { quantile } from "./statistics.ts";
import type { Racer } from "./racer.ts";

/** What stands in the lanes, in words. */
export const CELLS = "A digit: so many requests are in business just then; a star: ten or more.";

const NAME_COLUMNS = 25;
const MIB = 2 ** 20;

/** A figure, by what it is called; each is told apart by a column that is as wide as its name. */
const FIGURES: readonly (readonly [name: string, of: (racer: Racer) => string | undefined])[] = [
  ["last reply", ({ lastReplyUs }) => lastReplyUs === undefined ? "not all" : ms(lastReplyUs)],
  ["  median", ({ latenciesUs: all }) => all.length === 0 ? undefined : ms(quantile(all, 0.5))],
  ["     p99", ({ latenciesUs: all }) => all.length === 0 ? undefined : ms(quantile(all, 0.99))],
  ["threads", ({ costs }) => costs && String(costs.most.threads)],
  ["  memory", ({ costs }) => mib(costs?.most.memoryBytes)],
  ["     CPU", ({ costs }) => costs && `${costs.cpuMs} ms`],
];

/**
 * Draws it.
 *
 * @param columns how wide a line may be.
 * @returns lines without their ends.
 */
export function drawRace(racers: readonly Racer[], columns: number): string[] {
  const longestUs = Math.max(1000, ...racers.map(({ startUs, endUs }) => endUs - startUs));
  const width = columns - NAME_COLUMNS;
  const axisFrom = (us: number) => new TimeAxis(us, us + longestUs, width);
  const named = (name: string, text: string) =>
    name.slice(0, NAME_COLUMNS - 1).padEnd(NAME_COLUMNS) + text;
  const heads = FIGURES.map(([name]) => name);
  return [
    dim(named("", axisFrom(0).ruler())),
    ...racers.map((racer) => named(racer.name, cellsOf(racer, axisFrom(racer.startUs)))),
    "",
    dim(named("", heads.join(" "))),
    ...racers.map((racer) => {
      const figures = FIGURES.map(([name, of]) => (of(racer) ?? "-").padStart(name.length));
      return named(racer.name, figures.join(" "));
    }),
    ...racers.flatMap(({ name, trouble }) => trouble === undefined ? [] : [`${name}: ${trouble}`]),
  ];
}

/** How many requests are in business in the middle of each column. */
function cellsOf({ startUs, lanes: { clients, hasTrace } }: Racer, axis: TimeAxis): string {
  const state = hasTrace ? "business" : "in-server";
  const columnUs = (axis.toUs - axis.fromUs) / axis.columns;
  return Array.from({ length: axis.columns }, (_, column) => {
    const us = startUs + (column + 0.5) * columnUs;
    const count = clients.filter((client) => clientSpanAt(client, us)?.state === state).length;
    return count === 0 ? " " : count > 9 ? "*" : String(count);
  }).join("");
}

function ms(us: number): string {
  return `${us < 10_000 ? (us / 1000).toFixed(1) : Math.round(us / 1000)} ms`;
}

function mib(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : `${Math.round(bytes / MIB)} MiB`;
}
