/** A load that several threads share, since one may be busier than the server that it asks. */
import type { Share } from "./generator.ts";
import type { Answer, Order } from "./generator_thread.ts";
import { Tally } from "./tally.ts";

const PROGRAM = new URL("generator_thread.ts", import.meta.url);

/** A load, before it is shared. */
export type Load = Omit<Share, "offsetMs">;

/** What each thread has to do: as even as it goes. */
export function sharesOf(load: Load, threads: number): Share[] {
  const many = Math.min(threads, load.clients);
  const part = (whole: number, number: number) =>
    Math.floor(whole / many) + (number < whole % many ? 1 : 0);
  return Array.from({ length: many }, (_, number) => {
    const clients = part(load.clients, number);
    // Each client has the same rate, whichever thread it is on.
    const rate = load.rate === undefined ? undefined : load.rate * clients / load.clients;
    return {
      ...load,
      clients,
      rate,
      idle: part(load.idle, number),
      offsetMs: load.rate === undefined ? 0 : number * 1000 / load.rate,
      seed: load.seed + number,
    };
  });
}

/** Threads that generate a load, and whose clients are connected. */
export class Generators {
  readonly #threads: readonly Worker[];
  readonly #signal?: AbortSignal;

  private constructor(count: number, signal?: AbortSignal) {
    this.#threads = Array.from({ length: count }, () => new Worker(PROGRAM, { type: "module" }));
    this.#signal = signal;
    signal?.addEventListener("abort", this.#stop);
  }

  /**
   * @param signal ends what is under way, early.
   * @throws Error when the clients cannot connect.
   */
  static async connect(load: Load, threads: number, signal?: AbortSignal): Promise<Generators> {
    const shares = sharesOf(load, threads);
    const generators = new Generators(shares.length, signal);
    try {
      await generators.#order((number) => ({ do: "connect", share: shares[number] }));
    } catch (error) {
      generators.close();
      throw error;
    }
    return generators;
  }

  /** As a generator's `run`. @throws Error when the server breaks its word. */
  async run(ms: number, graceMs?: number): Promise<Tally> {
    const answers = await this.#order(() => ({ do: "run", ms, graceMs }));
    return Tally.merged(answers.flatMap((answer) => {
      return "tally" in answer && answer.tally !== undefined ? [Tally.from(answer.tally)] : [];
    }));
  }

  /** Ends the threads, and with them their connections. */
  close(): void {
    this.#signal?.removeEventListener("abort", this.#stop);
    for (const thread of this.#threads) thread.terminate();
  }

  readonly #stop = () => {
    for (const thread of this.#threads) thread.postMessage({ do: "stop" } satisfies Order);
  };

  async #order(order: (number: number) => Order): Promise<Answer[]> {
    return await Promise.all(this.#threads.map(async (thread, number) => {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      thread.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      thread.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      thread.postMessage(order(number));
      const answer = await promise;
      if ("error" in answer) throw new Error(answer.error);
      return answer;
    }));
  }
}
