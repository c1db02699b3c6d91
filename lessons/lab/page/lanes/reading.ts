/** What is written out in words and numbers: live, only now and then something new, as nobody reads faster. */
import { effect, signal } from "@preact/signals";
import { current, untilUs } from "../state/lab.ts";
import { live, playing, view } from "../state/time.ts";

const EVERY_MS = 200;

/** The lanes, the moment, and the part of time that is shown. */
export const reading = signal({ ...current.peek(), us: 0, ...view.peek() });

let readMs = 0;
let later: ReturnType<typeof setTimeout> | undefined;

effect(() => {
  const now = { ...current.value, us: untilUs.value, ...view.value };
  const waitMs = live.value || playing.value ? EVERY_MS - (performance.now() - readMs) : 0;
  clearTimeout(later);
  const read = () => {
    readMs = performance.now();
    reading.value = now;
  };
  // The last one of several is read, too.
  if (waitMs > 0) later = setTimeout(read, waitMs);
  else read();
});
