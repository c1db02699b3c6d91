/** A bar of how far a run is. On a terminal only; elsewhere nothing is said until the end. */
import { type Output, print } from "../../lessons/tools/screen.ts";

const EVERY_MS = 100, WIDTH = 24, COLUMNS = 80;
/** Back to the start of the line, and clears it. */
const CLEAR_LINE = "\r\x1b[2K";

/** One line, which goes at the end. */
export class Bar {
  readonly #out: Output;
  readonly #roundMs: number;
  readonly #rounds: number;
  #what = "";
  #round = 0;
  #roundStartMs = performance.now();
  #timer?: ReturnType<typeof setInterval>;

  /** @param roundMs what each of the rounds takes, about. */
  constructor(out: Output, rounds: number, roundMs: number) {
    this.#out = out;
    this.#rounds = rounds;
    this.#roundMs = roundMs;
    if (out.isTerminal()) this.#timer = setInterval(() => this.#draw(), EVERY_MS);
  }

  /** A round begins. */
  readonly next = (what: string, round: number): void => {
    [this.#what, this.#round, this.#roundStartMs] = [what, round, performance.now()];
  };

  /** Takes the line away. */
  end(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    print(CLEAR_LINE, this.#out);
  }

  #draw(): void {
    const inRound = Math.min(1, (performance.now() - this.#roundStartMs) / this.#roundMs);
    print(CLEAR_LINE + barText((this.#round + inRound) / this.#rounds, this.#what), this.#out);
  }
}

/** @param part of the whole, from 0 to 1. */
export function barText(part: number, what: string): string {
  const full = Math.round(part * WIDTH);
  const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
  return `${bar} ${`${Math.floor(part * 100)}`.padStart(3)} %  ${what}`.slice(0, COLUMNS - 1);
}
