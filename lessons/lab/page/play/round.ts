/** One round of a game: one thing after the other is asked, and at the end it is counted. */
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { Asked } from "../../../play/asked.ts";
import { asked } from "./games.ts";

/** A round of a game on the lesson that is shown; a new lesson has a new round. */
export class Round<T> {
  readonly items = signal<readonly T[]>([]);
  readonly at = signal(0);
  readonly answered = signal(0);
  readonly right = signal(0);
  /** What is asked now; undefined: the round is over. */
  readonly item = computed((): T | undefined => this.items.value[this.at.value]);

  /**
   * @param choose what is asked in a round, in order.
   * @param clear forgets the answer that is shown.
   */
  constructor(
    readonly choose: (all: Asked) => readonly T[],
    readonly clear: () => void,
  ) {
    effect(() => {
      const all = asked.value;
      // What else is looked at to choose is no reason to begin anew.
      untracked(() => this.#begin(all));
    });
  }

  /** Begins another round. */
  again(): void {
    this.#begin(asked.peek());
  }

  /** Counts an answer. */
  count(right: boolean): void {
    batch(() => {
      this.answered.value++;
      if (right) this.right.value++;
    });
  }

  /** Goes on. */
  next(): void {
    batch(() => {
      this.clear();
      this.at.value++;
    });
  }

  #begin(all: Asked | undefined): void {
    batch(() => {
      this.clear();
      this.items.value = all === undefined ? [] : this.choose(all);
      [this.at.value, this.answered.value, this.right.value] = [0, 0, 0];
    });
  }
}
