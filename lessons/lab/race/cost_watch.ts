/** What a server costs during a race, with the functions of `deno task compare`. Linux only. */
import { cpuMsOf, ownMemory, threadCount } from "../sample/costs.ts";
import { procExists } from "../sample/threads.ts";

/** How often one looks. */
const EVERY_MS = 50;
/** A server at rest uses no CPU and starts no threads, so many looks long. */
const QUIET_LOOKS = 4, MOST_LOOKS = 60;

/** Threads, Deno's own among them, and memory in bytes. */
interface Held {
  readonly threads: number;
  readonly memoryBytes?: number;
}

/** What a server cost. */
export interface Costs {
  /** Before any client. */
  readonly alone: Held;
  /** At most. */
  readonly most: Held;
  /** CPU time from when the clients began to ask; in steps of 10 ms. */
  readonly cpuMs: number;
}

/** Watches one server. */
export class CostWatch {
  #alone: Held;
  #most: Held;
  #cpuBeforeMs = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(readonly pid: number) {
    this.#alone = this.#most = held(pid);
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  /** Begins when the server has come to rest. Undefined where nothing can be seen. */
  static async begin(pid: number): Promise<CostWatch | undefined> {
    if (!procExists) return undefined;
    await rest(pid);
    return new CostWatch(pid);
  }

  /** From now on CPU time counts. */
  start(): void {
    this.#cpuBeforeMs = cpuMsOf(this.pid);
    this.#look();
  }

  /** Looks a last time. */
  end(): Costs {
    clearInterval(this.#timer);
    this.#look();
    const cpuMs = cpuMsOf(this.pid) - this.#cpuBeforeMs;
    return { alone: this.#alone, most: this.#most, cpuMs };
  }

  /** Looks no more. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { threads, memoryBytes = 0 } = held(this.pid);
    this.#most = {
      threads: Math.max(this.#most.threads, threads),
      memoryBytes: this.#most.memoryBytes && Math.max(this.#most.memoryBytes, memoryBytes),
    };
  }
}

function held(pid: number): Held {
  return { threads: threadCount(pid), memoryBytes: ownMemory(pid) };
}

async function rest(pid: number): Promise<void> {
  let before = "";
  for (let looks = 0, quiet = 0; looks < MOST_LOOKS && quiet < QUIET_LOOKS; looks++) {
    const now = `${cpuMsOf(pid)} ${threadCount(pid)}`;
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
