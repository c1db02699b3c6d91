/** Traces some events: `deno run trace_program.ts MODE`. */
import { createTrace, sharedClockMs, type TraceMode } from "../../../models/parts/server/trace.ts";
import { TraceText } from "../../../models/parts/server/trace_text.ts";

const mode = Deno.args[0] as TraceMode;
const text = new TraceText(mode);
const write = (json: string) =>
  console.log(mode === "json" ? json.trimEnd() : text.line(JSON.parse(json)));
const trace = createTrace(mode, "thread-12", sharedClockMs(), write);
trace?.("thread-start", 0);
trace?.("start", 3, "ECHO \n\x1b[2J線程");
