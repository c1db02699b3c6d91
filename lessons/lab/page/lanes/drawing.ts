/** Draws lanes on a canvas: a row a thread and a client, one time axis. */
// @ts-types="./d3_scale.d.ts"
import { scaleLinear } from "d3-scale";
import { barsOf } from "./bars.ts";
import { type Row, stepsOn } from "./rows.ts";
import type { Scene } from "./scene.ts";
import { type Bar, inks } from "./palette.ts";

/** Sizes in CSS pixels. */
export const ROW_PX = 22, AXIS_PX = 24, NAMES_PX = 104;
/** In less time than that, milliseconds are too coarse. */
const FINE_US = 20_000;
const BAR_PX = 16, SIGN_PX = 12, STRIPE_PX = 8;

/** Draws everything; the canvas has the rows' height. */
export function draw(canvas: CanvasRenderingContext2D, scene: Scene, rows: readonly Row[]): void {
  const { fromUs, toUs, widthPx, dark } = scene;
  const x = scaleLinear([fromUs, toUs], [NAMES_PX, widthPx]);
  const { text, line } = inks(dark);
  canvas.clearRect(0, 0, widthPx, AXIS_PX + rows.length * ROW_PX);
  canvas.font = "12px system-ui, sans-serif";
  canvas.textBaseline = "middle";
  const digits = toUs - fromUs < FINE_US ? 6 : 3;
  // Nothing was before the server started.
  for (const us of x.ticks(Math.max(2, (widthPx - NAMES_PX) / 110)).filter((us) => us >= 0)) {
    canvas.fillStyle = line;
    canvas.fillRect(x(us), AXIS_PX, 1, rows.length * ROW_PX);
    canvas.fillStyle = text;
    const label = `${(us / 1e6).toFixed(digits)} s`;
    // Half a number would be another one.
    const fits = x(us) + canvas.measureText(label).width <= widthPx;
    if (fits) canvas.fillText(label, x(us), AXIS_PX / 2);
  }
  rows.forEach((row, at) => {
    const topPx = AXIS_PX + at * ROW_PX;
    // Nobody sees the others.
    if (topPx + ROW_PX < scene.seenPx.top || topPx > scene.seenPx.bottom) return;
    canvas.fillStyle = text;
    if (row.kind === "client" && row.lane.number === scene.chosen) {
      canvas.fillStyle = line;
      canvas.fillRect(0, topPx, widthPx, ROW_PX);
      canvas.fillStyle = text;
    }
    canvas.fillText(row.name, 0, topPx + ROW_PX / 2, NAMES_PX - 6);
    for (const bar of barsOf(row, scene)) drawBar(canvas, bar, x, topPx);
    canvas.fillStyle = text;
    for (const us of stepsOn(row, scene)) drawStep(canvas, x(us), topPx);
  });
  drawCursor(canvas, scene, x, rows.length);
}

/** A step of the grader: a small wedge on the bar's upper edge. */
function drawStep(canvas: CanvasRenderingContext2D, xPx: number, topPx: number): void {
  canvas.beginPath();
  canvas.moveTo(xPx - 4, topPx);
  canvas.lineTo(xPx + 4, topPx);
  canvas.lineTo(xPx, topPx + 6);
  canvas.fill();
}

function drawCursor(
  canvas: CanvasRenderingContext2D,
  { cursorUs, fromUs, toUs, dark }: Scene,
  x: (us: number) => number,
  rows: number,
): void {
  if (cursorUs === undefined || cursorUs < fromUs || cursorUs > toUs) return;
  canvas.fillStyle = inks(dark).cursor;
  canvas.fillRect(x(cursorUs) - 1, 0, 2, AXIS_PX + rows * ROW_PX);
}

function drawBar(
  canvas: CanvasRenderingContext2D,
  { fromUs, toUs, look, sign }: Bar,
  x: (us: number) => number,
  topPx: number,
): void {
  // Whole pixels: a half one is mixed with what lies under it.
  const left = Math.max(NAMES_PX, Math.round(x(fromUs)));
  const width = Math.max(1, Math.round(x(toUs)) - left);
  const height = Math.round(BAR_PX * look.height);
  const top = topPx + Math.floor((ROW_PX - height) / 2);
  canvas.fillStyle = look.fill;
  canvas.fillRect(left, top, width, height);
  const pattern = look.striped && width >= STRIPE_PX ? stripes(canvas, look.ink) : null;
  if (pattern !== null) {
    canvas.fillStyle = pattern;
    canvas.fillRect(left, top, width, height);
  }
  if (sign === "" || width < SIGN_PX) return;
  canvas.fillStyle = look.striped ? look.fill : look.ink;
  if (look.striped) canvas.fillRect(left, top, SIGN_PX, height);
  canvas.fillStyle = look.ink;
  canvas.fillText(sign, left + 3, top + height / 2, width - 3);
}

const patterns = new Map<string, CanvasPattern | null>();

/** Stripes, which are drawn once for an ink and then laid out. */
function stripes(canvas: CanvasRenderingContext2D, ink: string): CanvasPattern | null {
  const known = patterns.get(ink);
  if (known !== undefined) return known;
  const tile = new OffscreenCanvas(STRIPE_PX, STRIPE_PX);
  const context = tile.getContext("2d");
  if (context === null) return null;
  context.strokeStyle = ink;
  context.globalAlpha = 0.55;
  // At its corners the line goes on in the next tiles.
  for (const at of [-STRIPE_PX, 0, STRIPE_PX]) {
    context.moveTo(at, STRIPE_PX);
    context.lineTo(at + STRIPE_PX, 0);
  }
  context.stroke();
  const pattern = canvas.createPattern(tile, "repeat");
  patterns.set(ink, pattern);
  return pattern;
}
