/**
 * One return of `epoll_wait`, and what came of it. Usually clients have asked for something, are
 * answered, and are to be read again; then the thread may block again at once, and a turn of Deno's
 * loop is saved, which costs as much as a system call.
 *
 * Invariant: it may when all that the round told of were bytes, and each of those sockets is waited for
 * again. What runs after a round is what the round has set going, and that has then come to its end.
 */
export class ReadRound {
  /** Counts the rounds. */
  number = 0;
  #told = 0;
  #toReadAgain = 0;

  /** A round begins. */
  begin(): void {
    this.number++;
    this.#told = this.#toReadAgain = 0;
  }

  /** A descriptor was ready. */
  told(): void {
    this.#told++;
  }

  /** What it was ready for were bytes, which were read. Returns the number of the round. */
  wasRead(): number {
    this.#toReadAgain++;
    return this.number;
  }

  /**
   * A round ends.
   *
   * @param nothingElse false: something else happened, and Deno's loop is to have its turn.
   */
  end(nothingElse: boolean): void {
    if (!nothingElse || this.#told !== this.#toReadAgain) this.#toReadAgain = 0;
  }

  /** A socket that was read in the round `number` is waited for again. Returns whether it is the last. */
  isLastAgain(number: number): boolean {
    if (number !== this.number || this.#toReadAgain === 0) return false;
    return --this.#toReadAgain === 0;
  }
}
