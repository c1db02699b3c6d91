/** How long a class will still take, by how long it has taken so far. */

/** Before so many are graded, nothing is said: the first ones say little. */
const LEAST_DONE = 4;

/** Counts the students who are done. Several are under way at once, so it is the time that counts. */
export class TimeLeft {
  readonly #startMs = performance.now();
  #left: number;
  #graded = 0;

  constructor(students: number) {
    this.#left = students;
  }

  /** @param graded false when there was a result already, which costs no time. */
  done(graded: boolean): void {
    this.#left--;
    if (graded) this.#graded++;
  }

  /** Such as `, some 12 minutes left`; empty while nothing can be said, and when all is done. */
  get text(): string {
    if (this.#graded < LEAST_DONE || this.#left === 0) return "";
    const msEach = (performance.now() - this.#startMs) / this.#graded;
    const minutes = Math.ceil(msEach * this.#left / 60_000);
    return minutes === 1 ? ", a minute left at most" : `, some ${minutes} minutes left`;
  }
}
