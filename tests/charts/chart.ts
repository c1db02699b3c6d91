/** Lines over a number, as an SVG file that needs nothing else: axes in rows, and whose line is which. */
import { escaped } from "../../lessons/lab/text/escaped.ts";
import { markAt } from "./marks.ts";
import { drawPanel, type Panel } from "./panel.ts";

export type { ChartLine, Panel } from "./panel.ts";

const WIDTH = 760, COLUMNS = 2, TOP = 44, PLOT_HEIGHT = 262;
/** Beside the lines: numbers of the y axis; below: those of the x axis and its name. */
const LEFT = 64, RIGHT = 36, BELOW = 58;
const PANEL_HEIGHT = TOP + PLOT_HEIGHT + BELOW;
const ROW_HEIGHT = 20, MARK_WIDTH = 18, BETWEEN = 24;
/** A letter of 12 pixels, rather too wide: what a machine's font has is not known. */
const LETTER_WIDTH = 7;

/**
 * Draws one panel, or several, two in a row.
 *
 * @param about what is to be seen, for people who do not see it.
 */
export function chart(panels: readonly Panel[], about: string): string {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const columns = Math.min(panels.length, COLUMNS);
  const width = WIDTH / columns;
  const drawn = panels.map((panel, i) => {
    const left = i % columns * width, top = Math.floor(i / columns) * PANEL_HEIGHT + TOP;
    const box = { left: left + LEFT, right: left + width - RIGHT, top, bottom: top + PLOT_HEIGHT };
    return drawPanel(panel, box, names);
  });
  const below = Math.ceil(panels.length / columns) * PANEL_HEIGHT;
  const { rows, text } = legend(names, below);
  const height = below + rows * ROW_HEIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" ` +
    `aria-label="${escaped(about)}" font-family="sans-serif" font-size="12" fill="#222">\n` +
    // Readable on white paper and on a dark screen.
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>\n${
      drawn.join("\n")
    }\n${text}\n</svg>\n`;
}

/** Whose line has which mark, in as many rows as it takes. */
function legend(names: readonly string[], top: number): { rows: number; text: string } {
  let left = LEFT, rows = 1;
  const entries = names.map((name, number) => {
    const width = MARK_WIDTH + name.length * LETTER_WIDTH;
    if (left > LEFT && left + width > WIDTH) [left, rows] = [LEFT, rows + 1];
    const at = top + (rows - 1) * ROW_HEIGHT;
    const entry = markAt(number, left, at) +
      `<text x="${left + 10}" y="${at + 4}">${escaped(name)}</text>`;
    left += width + BETWEEN;
    return entry;
  });
  return { rows, text: entries.join("\n") };
}
