/**
 * How long a request waited in the server before its business began, and behind whom: told from the
 * lines of the trace, as they come. What waited in the kernel, unread, no server knows of.
 */
import type { TraceLine } from "./trace_line.ts";

/** Shorter waits are the server's own time. */
const LEAST_US = 1000;

/** Follows one process's trace. */
export class TraceWaits {
  /** By connection: since when its requests lie ready that have not begun, the oldest first. */
  readonly #queued = new Map<string, number[]>();
  /** By connection: when bytes of it were read last. */
  readonly #readUs = new Map<string, number>();
  /** By thread: for whom it did business last, and until when. */
  readonly #last = new Map<string, { readonly connection: number; readonly us: number }>();

  /**
   * Takes the next line.
   *
   * @returns such as `waited 151 ms behind #1`; empty for a line that begins nothing, or at once.
   */
  note({ us, thread, event, connection }: TraceLine): string {
    const client = keyOf(thread, connection);
    switch (event) {
      case "read":
        this.#readUs.set(client, us);
        break;
      case "queue":
        this.#queued.set(client, [...this.#queued.get(client) ?? [], us]);
        break;
      case "start":
        return this.#begins(
          thread,
          us,
          this.#queued.get(client)?.shift() ?? this.#readUs.get(client),
        );
      case "finish":
        this.#last.set(thread, { connection, us });
        break;
      case "close":
        this.#queued.delete(client);
        this.#readUs.delete(client);
        break;
      case "thread-exit":
        this.#last.delete(thread);
    }
    return "";
  }

  /** A wait behind nobody is the machine's, and told of nobody. */
  #begins(thread: string, us: number, readyUs = us): string {
    const before = this.#last.get(thread);
    if (before === undefined || before.us <= readyUs || us - readyUs < LEAST_US) return "";
    return `waited ${Math.round((us - readyUs) / 1000)} ms behind #${before.connection}`;
  }
}

/** Each process counts its connections for itself. */
function keyOf(thread: string, connection: number): string {
  return thread.startsWith("process-") ? `${thread} ${connection}` : `${connection}`;
}
