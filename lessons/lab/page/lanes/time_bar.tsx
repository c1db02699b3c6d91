/** The controls of the time cursor: live or at a moment, step by step, slow motion, and zoom. */
import { durationText } from "../../lanes/words.ts";
import { untilUs, windowUs } from "../state/lab.ts";
import {
  live,
  playing,
  showAll,
  speed,
  step,
  toggleLive,
  togglePlay,
  zoom,
} from "../state/time.ts";

const SPEEDS = [1, 0.5, 0.1, 0.03, 0.01, 0.003, 0.001];

/** The controls of the time. A run that was `recorded` has no newest moment to go to. */
export function TimeBar({ recorded = false }: { recorded?: boolean }) {
  return (
    <div class="controls" role="group" aria-label="time">
      {!recorded && (
        <button type="button" aria-pressed={!live.value} onClick={toggleLive}>
          {live.value ? "Pause" : "Live"}
        </button>
      )}
      <button type="button" onClick={() => step(false)}>Step back</button>
      <button type="button" onClick={() => step(true)}>Step forward</button>
      <button type="button" aria-pressed={playing.value} onClick={togglePlay}>
        {playing.value ? "Hold" : "Slow motion"}
      </button>
      <label>
        at{" "}
        <select
          value={speed.value}
          onChange={(event) => speed.value = Number(event.currentTarget.value)}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>{one === 1 ? "1" : `1/${Math.round(1 / one)}`}</option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => zoom(0.5)}>Zoom in</button>
      <button type="button" onClick={() => zoom(2)}>Zoom out</button>
      <button type="button" onClick={showAll}>Whole run</button>
      <output>
        {(untilUs.value / 1e6).toFixed(6)} s, {durationText(windowUs.value)} shown
      </output>
    </div>
  );
}
