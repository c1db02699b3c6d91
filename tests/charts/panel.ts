/** A pair of axes with lines, as elements of SVG. */
// @ts-types="./d3_scale.d.ts"
import { type Scale, scaleLinear, scaleLog } from "d3-scale";
import { escaped } from "../../lessons/lab/text/escaped.ts";
import { colourOf, markAt, round } from "./marks.ts";

/** One figure: where, how much, and between which figures the rounds lay. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly least?: number;
  readonly most?: number;
}

/** One line. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

/** What one panel shows. */
export interface Panel {
  readonly title: string;
  readonly xName: string;
  /** The x axis is logarithmic, unless this is said. */
  readonly xLinear?: boolean;
  /** The y axis is linear and begins at 0, unless this is said. */
  readonly yLog?: boolean;
  /** What stands below a place on the x axis; default: the number. */
  readonly xLabel?: (x: number) => string;
  readonly lines: readonly ChartLine[];
}

/** A place in the picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** So many labels on an axis, about; where more lie on a line, only its last point has a mark. */
const TICKS = 5, MOST_MARKS = 20;
/** 1,000,000 is wider than the room beside the y axis; from there on it is 1M. */
const MILLION = 1e6;

/**
 * Draws a panel.
 *
 * @param box where the lines are; the names of the axes and the title stand around it.
 * @param names of all lines, in the order of their colours.
 */
export function drawPanel(panel: Panel, box: Box, names: readonly string[]): string {
  const points = panel.lines.flatMap((line) => line.points);
  const x = scaleOf(points.map((point) => point.x), panel.xLinear !== true, [box.left, box.right]);
  const ys = points.flatMap(({ y, least = y, most = y }) => [y, least, most]);
  const y = scaleOf(ys, panel.yLog === true, [box.bottom, box.top]);
  const middle = (box.left + box.right) / 2;
  return [
    `<text x="${box.left - 48}" y="${box.top - 18}" font-size="13">${escaped(panel.title)}</text>`,
    ...yAxis(y, box),
    ...xAxis(x, box, panel.xLabel),
    `<text x="${middle}" y="${box.bottom + 36}" text-anchor="middle">${
      escaped(panel.xName)
    }</text>`,
    ...panel.lines.map((line) => drawLine(line, names.indexOf(line.name), x, y)),
  ].join("\n");
}

/** Whole powers of ten around all values, so that a lone one has an axis too; or from 0 to a round number. */
function scaleOf(values: readonly number[], isLog: boolean, range: readonly number[]): Scale {
  const shown = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  if (!isLog) return scaleLinear([0, Math.max(0, ...shown) || 1], range).nice(TICKS);
  if (shown.length === 0) return scaleLog([1, 10], range);
  const least = Math.floor(Math.log10(Math.min(...shown)));
  const most = Math.ceil(Math.log10(Math.max(...shown)));
  return scaleLog([10 ** least, 10 ** Math.max(most, least + 1)], range);
}

function yAxis(scale: Scale, { left, right }: Box): string[] {
  const ticks = scale.ticks(TICKS);
  const format = scale.tickFormat(TICKS, Math.max(...ticks) < MILLION ? undefined : "~s");
  return ticks.map((value) => {
    const at = round(scale(value)), label = format(value);
    const line = `<line x1="${left}" x2="${right}" y1="${at}" y2="${at}" stroke="${
      label === "" ? "#f2f2f2" : "#ddd"
    }"/>`;
    if (label === "") return line;
    return `${line}<text x="${left - 6}" y="${at + 4}" text-anchor="end">${label}</text>`;
  });
}

function xAxis(scale: Scale, { left, right, bottom }: Box, labelOf?: Panel["xLabel"]): string[] {
  const format = scale.tickFormat(TICKS);
  const axis = `<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="#555"/>`;
  return [axis].concat(
    scale.ticks(TICKS).map((value) => {
      const at = round(scale(value)), label = format(value);
      const tick = `<line x1="${at}" x2="${at}" y1="${bottom}" y2="${
        bottom + (label === "" ? 3 : 6)
      }" stroke="#555"/>`;
      if (label === "") return tick;
      const text = escaped(labelOf?.(value) ?? label);
      return `${tick}<text x="${at}" y="${bottom + 19}" text-anchor="middle">${text}</text>`;
    }),
  );
}

/** What a logarithmic axis does not have, such as 0, is left out. */
function drawLine({ points }: ChartLine, number: number, x: Scale, y: Scale): string {
  const seen = points.map((point) => ({ ...point, atX: x(point.x), atY: y(point.y) }))
    .filter(({ atX, atY }) => Number.isFinite(atX) && Number.isFinite(atY));
  const colour = colourOf(number);
  const spread = seen.flatMap(({ atX, least, most }) => {
    const [from, to] = [y(least ?? NaN), y(most ?? NaN)];
    if (!Number.isFinite(from) || !Number.isFinite(to)) return [];
    const place = `x1="${round(atX)}" x2="${round(atX)}" y1="${round(from)}" y2="${round(to)}"`;
    return [`<line ${place} stroke="${colour}" stroke-width="1.5"/>`];
  });
  const path = seen.map(({ atX, atY }) => `${round(atX)},${round(atY)}`).join(" ");
  const marked = seen.length > MOST_MARKS ? seen.slice(-1) : seen;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...spread,
    ...marked.map(({ atX, atY }) => markAt(number, atX, atY)),
  ].join("");
}
