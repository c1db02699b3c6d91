/** A thread that blocks does nothing else: its timers, and its sockets, wait as well. */
const startMs = performance.now();
const now = () => `${String(Math.round(performance.now() - startMs)).padStart(3)} ms`;

/** Sets a timer for 50 ms and prints when it really runs. */
function setTimer(): void {
  setTimeout(() => console.log(`${now()}: the timer of 50 ms runs`), 50);
}

console.log(`${now()}: set a timer of 50 ms, then block for 300 ms`);
setTimer();
// A cell that nobody ever notifies: the thread sleeps until the time is over.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
console.log(`${now()}: no longer blocked, back to the event loop`);
await new Promise((resolve) => setTimeout(resolve, 100));

console.log(`${now()}: set a timer of 50 ms, then await for 300 ms`);
setTimer();
await new Promise((resolve) => setTimeout(resolve, 300));
console.log(`${now()}: awaited`);
