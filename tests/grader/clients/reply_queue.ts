/** A client's replies: those that came and nobody has asked for, or who waits for one that has not come. */

/** Replies that nobody waits for; a server that sends more of them floods its clients. */
const MOST_UNASKED = 10_000, MOST_UNASKED_CHARACTERS = 16 * 1024 * 1024;

/** The replies of one connection, in order. */
export class ReplyQueue {
  readonly #arrived: string[] = [];
  #arrivedCharacters = 0;
  readonly #waiting: PromiseWithResolvers<string>[] = [];
  #lost: Error | undefined;

  /** Replies that came and that nobody waits for. */
  get unasked(): number {
    return this.#arrived.length;
  }

  /** Whether no more can come. */
  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** Waits for the next reply. Rejects with what `lose` was given, when the connection ends first. */
  next(): Promise<string> {
    const arrived = this.#arrived.shift();
    this.#arrivedCharacters -= arrived?.length ?? 0;
    if (arrived !== undefined) return Promise.resolve(arrived);
    const waiter = Promise.withResolvers<string>();
    if (this.#lost !== undefined) waiter.reject(this.#lost);
    else this.#waiting.push(waiter);
    // Nobody may be listening yet, or any more when the experiment is over.
    waiter.promise.catch(() => {});
    return waiter.promise;
  }

  /** A reply has come. Throws Error when there are far too many that nobody asked for. */
  arrive(reply: string): void {
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) return waiter.resolve(reply);
    this.#arrived.push(reply);
    this.#arrivedCharacters += reply.length;
    if (
      this.#arrived.length > MOST_UNASKED || this.#arrivedCharacters > MOST_UNASKED_CHARACTERS
    ) throw new Error("it got replies without end");
  }

  /** The connection has ended. */
  lose(error: Error): void {
    this.#lost = error;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
  }
}
