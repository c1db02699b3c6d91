/** The writing of the trace, as the thread sees it that begins and ends it: the main thread. */
import type { TraceStart } from "./trace.ts";

/** So long what is traced may take to be written at the end, when nobody reads it. */
const LAST_WRITE_MS = 250;

/** The trace's writer; a thread of its own, from the first line on. */
export class TraceWriter {
  #thread: Worker | undefined;

  /** Starts no thread yet. */
  constructor(readonly start: TraceStart) {}

  /** Starts the thread, unless it runs. */
  begin(): void {
    if (this.#thread !== undefined) return;
    const program = new URL("../threads/trace_writer_thread.ts", import.meta.url);
    this.#thread = new Worker(program, { type: "module", name: "trace" });
    this.#thread.onerror = (event) => {
      event.preventDefault();
      console.error(`the trace cannot be written: ${event.message}`);
    };
    this.#thread.postMessage(this.start);
  }

  /**
   * Ends the thread when all is written, or nobody reads it.
   *
   * @param tell tells the thread that no line will come any more.
   */
  async end(tell: () => void): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    const written = Promise.withResolvers<void>();
    thread.onmessage = () => written.resolve();
    const late = setTimeout(written.resolve, LAST_WRITE_MS);
    tell();
    await written.promise;
    clearTimeout(late);
    thread.terminate();
  }
}
