/** A lock that threads share: a cell that is 0 while it is free, and 1 while a thread holds it. */
export function locked<T>(cell: Int32Array<SharedArrayBuffer>, work: () => T): T {
  while (Atomics.compareExchange(cell, 0, 0, 1) !== 0) Atomics.wait(cell, 0, 1);
  try {
    return work();
  } finally {
    Atomics.store(cell, 0, 0);
    Atomics.notify(cell, 0, 1);
  }
}
