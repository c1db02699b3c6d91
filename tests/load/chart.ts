/** Lines over a number, as an SVG file that needs nothing else; drawn by ECharts, without a browser. */
import { CustomChart, LineChart } from "echarts/charts.js";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components.js";
import { init, use } from "echarts/core.js";
import { SVGRenderer } from "echarts/renderers.js";
import { escaped } from "../../lessons/lab/text/escaped.ts";

use([LineChart, CustomChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH = 760, HEIGHT = 380;
/** Told apart by people who see few colours, too; each line has marks of its own besides. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555"];
const MARKS = [
  "circle",
  "rect",
  "triangle",
  "diamond",
  "emptyCircle",
  "emptyRect",
  "emptyTriangle",
];
/** Readable on white paper and on a dark screen, as the background is drawn too. */
const BACKGROUND = "#ffffff";

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

/** A pair of axes with lines. */
export interface Panel {
  readonly title: string;
  readonly xName: string;
  readonly yLog?: boolean;
  /** What stands below a place on the x axis; default: the number. */
  readonly xLabel?: (x: number) => string;
  readonly lines: readonly ChartLine[];
}

/**
 * Draws one panel, or two side by side. The x axes are logarithmic.
 *
 * @param about what is to be seen, for people who do not see it.
 */
export function chart(panels: readonly Panel[], about: string): string {
  const drawing = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  const width = WIDTH / panels.length;
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  drawing.setOption({
    animation: false,
    backgroundColor: BACKGROUND,
    color: COLOURS,
    title: panels.map(({ title }, i) => ({
      ...{ text: title, left: i * width + 8, top: 6 },
      textStyle: { fontSize: 13, fontWeight: "normal" },
    })),
    legend: { data: names, bottom: 2, itemWidth: 22, itemGap: 24 },
    grid: panels.map((_, i) => ({
      ...{ left: i * width + 60, width: width - 84, top: 40, bottom: 78 },
    })),
    xAxis: panels.map(({ xName, xLabel, lines }, i) => ({
      ...{ gridIndex: i, type: "log", name: xName, nameLocation: "middle", nameGap: 24 },
      ...bounds(lines),
      axisLabel: xLabel === undefined ? {} : { formatter: xLabel },
    })),
    yAxis: panels.map(({ yLog }, i) => ({ gridIndex: i, type: yLog ? "log" : "value" })),
    series: panels.flatMap(({ lines }, i) => lines.flatMap((line) => seriesOf(line, i, names))),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return `${svg.replace("<svg ", `<svg role="img" aria-label="${escaped(about)}" `)}\n`;
}

/** Whole powers of ten around all places, so that a lone one has an axis too. */
function bounds(lines: readonly ChartLine[]): { min: number; max: number } {
  const places = lines.flatMap(({ points }) => points.map(({ x }) => x));
  if (places.length === 0) return { min: 1, max: 10 };
  const most = Math.ceil(Math.log10(Math.max(...places)));
  const least = Math.floor(Math.log10(Math.min(...places)));
  return { min: 10 ** least, max: 10 ** Math.max(most, least + 1) };
}

function seriesOf({ name, points }: ChartLine, panel: number, names: readonly string[]) {
  const number = names.indexOf(name);
  const [color, symbol] = [COLOURS, MARKS].map((all) => all[number % all.length]);
  const axes = { xAxisIndex: panel, yAxisIndex: panel, name };
  const spread = points.filter(({ least, most }) => least !== undefined && most !== undefined);
  const line = {
    ...axes,
    ...{ type: "line", color, symbol, symbolSize: 7, data: points.map(({ x, y }) => [x, y]) },
  };
  if (spread.length === 0) return [line];
  const data = spread.map(({ x, least, most }) => [x, least, most]);
  const encode = { x: 0, y: [1, 2] };
  return [line, { ...axes, type: "custom", color, data, encode, renderItem: bar, silent: true }];
}

/** From the least to the most, as a line. */
function bar(
  _: unknown,
  api: {
    value(at: number): number;
    coord(place: number[]): number[];
    visual(name: string): string;
  },
) {
  const [x, least] = api.coord([api.value(0), api.value(1)]);
  const [, most] = api.coord([api.value(0), api.value(2)]);
  const shape = { x1: x, y1: least, x2: x, y2: most };
  return { type: "line", shape, style: { stroke: api.visual("color"), lineWidth: 1.5 } };
}
