/** The trace as lines for a person, one after the other, since a line may tell of those before it. */
import { setColorEnabled } from "@std/fmt/colors";
import { prettyLine, type TraceMode } from "./trace.ts";
import type { TraceEvent, TraceLine } from "./trace_line.ts";
import { TraceWaits } from "./trace_waits.ts";

/** What every request does, and nobody looks for who wants to see who is served when. */
const LEFT_OUT_WHEN_QUIET: ReadonlySet<TraceEvent> = new Set<TraceEvent>([
  "read",
  "queue",
  "write",
  "thread-exit",
]);

/** Makes the lines of one process. */
export class TraceText {
  readonly #waits = new TraceWaits();

  /** In colour where somebody looks. */
  constructor(readonly mode: TraceMode) {
    setColorEnabled(!Deno.noColor && Deno.stdout.isTerminal());
  }

  /** The next line, without its end; undefined: it is left out. */
  line(line: TraceLine): string | undefined {
    const wait = this.#waits.note(line);
    if (this.mode === "quiet" && LEFT_OUT_WHEN_QUIET.has(line.event)) return undefined;
    return prettyLine(line, wait);
  }
}
