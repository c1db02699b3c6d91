/** Traces some events: `deno run trace_program.ts MODE`. */
import { createTrace, sharedClockMs, type TraceMode } from "../../models/parts/trace.ts";

const trace = createTrace(Deno.args[0] as TraceMode, "thread-12", sharedClockMs());
trace?.("thread-start", 0);
trace?.("start", 3, "ECHO \n\x1b[2J線程");
