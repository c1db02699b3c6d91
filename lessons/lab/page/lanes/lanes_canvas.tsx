/** The lanes, drawn when something changes and the browser has a frame for it. */
import { useEffect, useRef } from "preact/hooks";
import { effect, signal } from "@preact/signals";
import { dark, fit, scaleOf, sceneOf, scrolledPx } from "./canvas_place.ts";
import { AXIS_PX, draw, NAMES_PX, ROW_PX } from "./drawing.ts";
import { wordsOf } from "./row_words.ts";
import { rowsOf } from "./rows.ts";
import { chosen, current, untilUs } from "../state/lab.ts";
import { live, moveTo, pan, step, view, zoom } from "../state/time.ts";

/** Live, drawing rests so many times as long as it took. */
const REST = 2;

/** For who has picked nothing yet. */
const HINT = "Click a bar: here is told then who does what, and for whom a client waits.";

/** What was picked, in words. */
const picked = signal("");

/**
 * The canvas; arrow keys step, plus and minus zoom, a click tells what a bar is.
 *
 * @param scale how much larger than usual all is drawn, for who sits far away.
 */
export function LanesCanvas({ scale = 1 }: { scale?: number }) {
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => drawWhenChanged(element.current), []);
  return (
    <>
      <div class="lanes-view" tabIndex={0} role="region" aria-label="lanes">
        <div>
          <canvas
            ref={element}
            data-scale={scale}
            role="img"
            tabIndex={0}
            aria-label="lanes of threads and clients; the table below has them in words"
            onKeyDown={onKey}
            onWheel={onWheel}
            onClick={(event) =>
              pick(
                event.currentTarget,
                event.offsetX / scale,
                (event.offsetY + scrolledPx(event.currentTarget)) / scale,
              )}
          />
        </div>
      </div>
      <p class="words" role="status">{picked.value || (scale === 1 ? HINT : "")}</p>
    </>
  );
}

/** Returns what ends it. */
function drawWhenChanged(canvas: HTMLCanvasElement | null): () => void {
  const context = canvas?.getContext("2d");
  if (canvas === null || !context) return () => {};
  let frame = 0, drawnMs = 0, tookMs = 0;
  const drawNow = (nowMs: number) => {
    // While much comes in, taking it goes before drawing it.
    if (live.peek() && nowMs - drawnMs < REST * tookMs) {
      frame = requestAnimationFrame(drawNow);
      return;
    }
    frame = 0;
    drawnMs = performance.now();
    const scene = sceneOf(canvas);
    const rows = rowsOf(scene);
    fit(canvas, rows.length);
    const scale = devicePixelRatio * scaleOf(canvas);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.translate(0, -scene.seenPx.top);
    draw(context, scene, rows);
    tookMs = performance.now() - drawnMs;
  };
  const ask = () => frame ||= requestAnimationFrame(drawNow);
  const end = effect(() => {
    void [current.value, untilUs.value, view.value, chosen.value];
    ask();
  });
  addEventListener("resize", ask);
  const around = canvas.closest(".lanes-view");
  around?.addEventListener("scroll", ask, { passive: true });
  dark.addEventListener("change", ask);
  return () => {
    end();
    removeEventListener("resize", ask);
    around?.removeEventListener("scroll", ask);
    dark.removeEventListener("change", ask);
    cancelAnimationFrame(frame);
  };
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "ArrowLeft") step(false);
  else if (event.key === "ArrowRight") step(true);
  else if (event.key === "+") zoom(0.5);
  else if (event.key === "-") zoom(2);
  else return;
  event.preventDefault();
}

/** The wheel zooms with Ctrl, and otherwise, sideways, moves the view. */
function onWheel(event: WheelEvent & { currentTarget: HTMLCanvasElement }): void {
  const { deltaX, deltaY, ctrlKey, currentTarget: { clientWidth } } = event;
  const { fromUs, toUs } = view.value;
  if (ctrlKey) zoom(deltaY > 0 ? 1.25 : 0.8);
  else if (Math.abs(deltaX) > Math.abs(deltaY)) pan(deltaX / clientWidth * (toUs - fromUs));
  else return;
  event.preventDefault();
}

/** Tells what lies there, and looks at that moment. */
function pick(canvas: HTMLCanvasElement, xPx: number, yPx: number): void {
  const scene = sceneOf(canvas);
  const row = rowsOf(scene)[Math.floor((yPx - AXIS_PX) / ROW_PX)];
  const part = (xPx - NAMES_PX) / (scene.widthPx - NAMES_PX);
  if (row === undefined || part < 0) return;
  const us = scene.fromUs + part * (scene.toUs - scene.fromUs);
  picked.value = wordsOf(row, us, scene);
  chosen.value = row.kind === "client" ? row.lane.number : undefined;
  moveTo(Math.min(us, scene.lanes.nowUs));
}
