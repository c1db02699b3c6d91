/** What `deno task peers` prints, for a terminal of 80 columns. */
import { wrapped } from "../compare/page.ts";
import type { Spread } from "../load/figures.ts";
import { figureText, rangeText } from "../load/table.ts";
import type { Reach } from "./reach.ts";
import { ASKINGS, type PeerRow, type SideBySide, TRIPS } from "./side_by_side.ts";

const NAME_WIDTH = 22;
/** Of a figure, and the range behind it. */
const CELL_WIDTH = 19;

/** A row of what is to be reached, as it was measured. */
export interface Reached extends Pick<Reach, "id" | "what" | "goal" | "unit"> {
  /** Not there: it could not be measured. */
  readonly measured?: Spread;
}

/** Both tables: the multiple of the first row, and between which figures the rounds lay. */
export function peersText({ servers, pools, missing }: SideBySide): string {
  return [
    ...table("CPU for a PING", servers, ASKINGS.map(({ name }) => name)),
    ...table("Time of a pool's trip", pools, TRIPS),
    ...missing.length === 0 ? [] : [missing.map(wrapped).join("")],
  ].join("\n");
}

function table(title: string, rows: readonly PeerRow[], works: readonly string[]): string[] {
  if (rows.length === 0) return [];
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(CELL_WIDTH)).join("")}`
      .trimEnd() + "\n";
  const [base] = rows;
  return [
    line(title, works) +
    rows.map((row) =>
      line(row.name, works.map((work) => row === base ? usText(row, work) : ratioText(row, work)))
    ).join(""),
  ];
}

function usText({ us }: PeerRow, work: string): string {
  return us[work] === undefined ? "–" : `${figureText(us[work].median)} µs`;
}

function ratioText({ ratio }: PeerRow, work: string): string {
  const spread = ratio[work];
  return spread === undefined ? "–" : `${figureText(spread.median)} (${rangeText(spread)})`;
}

/** Goal and figure side by side. */
export function reachText(rows: readonly Reached[], missing: readonly string[]): string {
  const line = (what: string, goal: string, measured: string, range: string, met: string) =>
    `${what.padEnd(48)}${goal.padStart(7)}${measured.padStart(7)}${range.padStart(13)}  ${met}`
      .trimEnd() + "\n";
  const shown = rows.map(({ what, goal, unit, measured }) => {
    const allowed = `≤ ${goal}`, name = unit === undefined ? what : `${what}, ${unit}`;
    if (measured === undefined) return line(name, allowed, "–", "", "");
    const met = measured.median <= goal ? "yes" : "no";
    return line(name, allowed, figureText(measured.median), rangeText(measured), met);
  });
  const head = line("To be reached", "goal", "median", "least..most", "met");
  const notes = missing.length === 0 ? "" : `\n${missing.map(wrapped).join("")}`;
  return `${head}${shown.join("")}${notes}`;
}
