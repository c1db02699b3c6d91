/** The tables of a comparison, for a terminal and for the page: the same columns in both. */
import { type Column, tablesOf } from "./columns.ts";
import type { Comparison, Figures, ModelRow } from "./figures.ts";

/** A figure with three digits that count, or a whole number; a dash stands for none. */
function cellText({ value, count }: Column, figures: Figures): string {
  const figure = value(figures);
  if (figure === undefined) return "–";
  return figure.toFixed(count || figure >= 100 ? 0 : figure >= 10 ? 1 : 2);
}

interface Row {
  readonly name: string;
  readonly figures: Figures;
}

function rowsOf({ models, redis }: Comparison, columns: readonly Column[]): Row[] {
  const rows = models.map((row: ModelRow) => ({ name: rowName(row), figures: row }));
  // redis-server is there for its PING only.
  const measured = redis !== undefined && columns.some(({ value }) => value(redis) !== undefined);
  return measured ? [...rows, { name: "redis-server", figures: redis }] : rows;
}

/** A model on the kernel floor stands below the same one on the other. */
function rowName({ model, io, name }: ModelRow): string {
  return `${model} ${io === "deno" ? name : `with --io ${io}`}`;
}

const NAME_WIDTH = 24, FIGURE_WIDTH = 8;

/** The tables for a terminal, at most 80 columns wide. */
export function terminalTables(comparison: Comparison): string {
  return tablesOf(comparison.yardstick).map(({ title, columns }) => {
    const line = (name: string, cells: string[]) =>
      `${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(FIGURE_WIDTH)).join("")}`
        .trimEnd() + "\n";
    const head = [0, 1].map((n) => line(n === 0 ? title : "", columns.map((c) => c.lines[n])));
    const rows = rowsOf(comparison, columns).map(({ name, figures }) =>
      line(name, columns.map((column) => cellText(column, figures)))
    );
    return [...head, ...rows].join("");
  }).join("\n");
}

/** The tables in Markdown. */
export function markdownTables(comparison: Comparison): string {
  return tablesOf(comparison.yardstick).map(({ title, columns }) => {
    const rows = rowsOf(comparison, columns).map(({ name, figures }) => {
      return [name, ...columns.map((column) => cellText(column, figures))];
    });
    return markdownTable([title, ...columns.map(({ title }) => title)], rows);
  }).join("\n");
}

/** A table in Markdown, as `deno fmt` leaves it; what is not the first column is aligned right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const padded = (cell: string, i: number) =>
    i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]);
  const rule = widths.map((width, i) => "-".repeat(width - 1) + (i === 0 ? "-" : ":"));
  return [head, rule, ...rows].map((row) => `| ${row.map(padded).join(" | ")} |\n`).join("");
}
