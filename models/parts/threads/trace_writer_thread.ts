/** The thread that writes the trace, and waits in the place of all others when nobody reads it. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { droppedLine, type TraceLine, type TraceMode, type TraceStart } from "../server/trace.ts";
import { TracePace } from "../server/trace_pace.ts";
import { TraceRing } from "../server/trace_ring.ts";
import { TraceText } from "../server/trace_text.ts";

/** At most so much in one write: several processes may have one pipe, which keeps so much together. */
const MOST_BYTES = 4096;

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** Lines as they are to be written; undefined: this one is left out. */
function formatOf(mode: TraceMode): (json: Uint8Array) => Uint8Array | undefined {
  if (mode === "json") return (json) => json;
  const text = new TraceText(mode);
  return (json) => {
    const line = text.line(JSON.parse(decoder.decode(json)));
    return line === undefined ? undefined : encoder.encode(`${line}\n`);
  };
}

/** Lines on their way out, as many as one write takes. */
class Output {
  readonly #bytes = new Uint8Array(MOST_BYTES);
  #used = 0;

  add(line: Uint8Array): void {
    if (this.#used + line.length > MOST_BYTES) this.flush();
    this.#bytes.set(line, this.#used);
    this.#used += line.length;
  }

  flush(): void {
    try {
      for (let sent = 0; sent < this.#used;) {
        sent += Deno.stdout.writeSync(this.#bytes.subarray(sent, this.#used));
      }
    } catch {
      // Whoever read the trace is gone (`| head`). The server goes on without a reader.
    }
    this.#used = 0;
  }
}

/** Returns when no line will come any more. */
function writeAll(ring: TraceRing, { mode, startedAtMs }: TraceStart): void {
  const format = formatOf(mode), output = new Output(), pace = new TracePace();
  for (;;) {
    // Asked for before the last look, so that nothing is missed in between.
    const { ended } = ring;
    let count = 0;
    const add = (json: Uint8Array) => {
      count++;
      const line = format(json);
      if (line !== undefined) output.add(line);
    };
    for (let json = ring.take(); json !== undefined; json = ring.take()) add(json);
    const dropped = ring.takeDropped();
    if (dropped > 0) add(bytesOf(droppedLine(startedAtMs, dropped)));
    output.flush();
    if (count > 0) ring.rest(pace.restMs(count, performance.now()));
    else if (ended) return;
    else ring.wait();
  }
}

function bytesOf(line: TraceLine): Uint8Array {
  return encoder.encode(`${JSON.stringify(line)}\n`);
}

self.onmessage = ({ data }: MessageEvent<TraceStart>) => {
  writeAll(new TraceRing(data.memory), data);
  self.postMessage("written");
  self.close();
};
