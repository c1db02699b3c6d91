/** Time along a line of characters. */

/** A stretch of time, and the columns in which it is drawn. */
export class TimeAxis {
  /** @param columns how many; at least 1. */
  constructor(readonly fromUs: number, readonly toUs: number, readonly columns: number) {}

  /** The column in which a time lies; of one outside, the first or the last. */
  columnOf(us: number): number {
    const column = Math.floor((us - this.fromUs) / (this.toUs - this.fromUs) * this.columns);
    return Math.max(0, Math.min(this.columns - 1, column));
  }

  /** A line with times, counted from the axis's beginning: `0 ms      100       200`. */
  ruler(): string {
    const stepUs = this.#stepUs(10);
    let line = "";
    for (let us = 0; us <= this.toUs - this.fromUs; us += stepUs) {
      const label = `${us / 1000}${us === 0 ? " ms" : ""}`;
      const column = this.columnOf(this.fromUs + us);
      if (column + label.length > this.columns) break;
      line = line.padEnd(column) + label;
    }
    return line;
  }

  /** The least round step that takes so many columns. */
  #stepUs(least: number): number {
    const leastUs = (this.toUs - this.fromUs) / this.columns * least;
    for (let tenUs = 100;; tenUs *= 10) {
      const step = [1, 2, 5].find((times) => times * tenUs >= leastUs);
      if (step !== undefined) return step * tenUs;
    }
  }
}
