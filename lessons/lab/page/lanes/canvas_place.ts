/** How the canvas of the lanes lies in its view, which scrolls: what it shows, and how large it is. */
import { chosen, current, untilUs } from "../state/lab.ts";
import { live, view } from "../state/time.ts";
import { AXIS_PX, ROW_PX } from "./drawing.ts";
import type { Scene } from "./scene.ts";

/** The lanes scroll when there are more; those that are drawn large may be higher. */
const MOST_HEIGHT_PX = 520, MOST_LARGE_PX = 640;

/** What the browser's user wants. */
export const dark = matchMedia("(prefers-color-scheme: dark)");

/** The canvas stays where it is, and shows what the view around it is scrolled to. */
export function scrolledPx(canvas: HTMLCanvasElement): number {
  return canvas.closest(".lanes-view")?.scrollTop ?? 0;
}

/** How much larger than usual all is drawn. */
export function scaleOf(canvas: HTMLCanvasElement): number {
  return Number(canvas.dataset.scale ?? 1);
}

function mostHeightPx(canvas: HTMLCanvasElement): number {
  return scaleOf(canvas) === 1 ? MOST_HEIGHT_PX : MOST_LARGE_PX;
}

/** What is to be drawn on it now. */
export function sceneOf(canvas: HTMLCanvasElement): Scene {
  const scale = scaleOf(canvas);
  const top = scrolledPx(canvas) / scale;
  return {
    lanes: current.value.lanes,
    ...view.value,
    cursorUs: live.value ? undefined : untilUs.value,
    chosen: chosen.value,
    widthPx: canvas.clientWidth / scale,
    seenPx: { top, bottom: top + mostHeightPx(canvas) / scale },
    dark: dark.matches,
  };
}

/** The canvas is no higher than what is seen of it: a browser copies all of it in every frame. */
export function fit(canvas: HTMLCanvasElement, rows: number): void {
  const wholePx = (AXIS_PX + Math.max(1, rows) * ROW_PX) * scaleOf(canvas);
  const heightPx = Math.min(wholePx, mostHeightPx(canvas));
  if (canvas.parentElement) canvas.parentElement.style.height = `${wholePx}px`;
  const [width, height] = [canvas.clientWidth, heightPx].map((px) =>
    Math.round(px * devicePixelRatio)
  );
  if (canvas.width === width && canvas.height === height) return;
  [canvas.width, canvas.height] = [width, height];
  canvas.style.height = `${heightPx}px`;
}
