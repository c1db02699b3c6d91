/**
 * `deno task load`: a load generator for servers on this machine. What was measured is on standard
 * output; on a terminal, standard error shows how far it is.
 */
import { printPages } from "../../lessons/tools/pages.ts";
import { complain, print } from "../../lessons/tools/screen.ts";
import { thisMachine, warningOf } from "../compare/machine.ts";
import { askOnSignal } from "../grader/grading/end_on_signal.ts";
import { runMain } from "../grader/grading/run_main.ts";
import { typedIn } from "../grader/grading/typed_in.ts";
import { checkWritable, writeWhole } from "../grader/report/files.ts";
import { checkFolder, parseLoadArguments, PROGRAM, secondsOf } from "./arguments.ts";
import { Bar } from "./bar.ts";
import { SCHEMA } from "./figures.ts";
import { LOAD_HELP } from "./flags.ts";
import { measureAll } from "./points.ts";
import { loadReport } from "./table.ts";

/** From Ctrl-C until the program ends in any case, in ms. */
const GRACE_MS = 1500;

/** Aborted by the first signal; the reason is the exit code. */
const stop = new AbortController();

/** Runs the command line. Returns the exit code. */
async function main(): Promise<number> {
  const request = parseLoadArguments(Deno.args, typedIn());
  if (request === "help") {
    await printPages(LOAD_HELP);
    return 0;
  }
  const { json, svg, targets, clients, rounds } = request;
  if (json !== undefined) checkWritable([{ format: "json", path: json }]);
  if (svg !== undefined) checkFolder(svg);
  const date = new Date().toISOString();
  const machine = await thisMachine();
  const warning = warningOf(machine);
  if (warning !== undefined) complain(warning);
  const places = targets.length * clients.length * rounds;
  const bar = new Bar(Deno.stderr, places, secondsOf(request) / places * 1000);
  const found = await measureAll(request, bar.next, stop.signal);
  bar.end();
  const figures = {
    schema: SCHEMA,
    ...{ date, command: [PROGRAM, ...Deno.args].join(" "), machine },
    ...{ work: request.work, pipeline: request.pipeline, churn: request.churn },
    ...{ idle: request.idle, rate: request.rate, seconds: request.seconds },
    warm_up_seconds: request.warmUpSeconds,
    generator_threads: request.threads,
    cut_short: stop.signal.aborted,
    ...found,
  } as const;
  print(loadReport(figures));
  if (json !== undefined) await writeWhole(json, JSON.stringify(figures, null, 2) + "\n");
  if (svg !== undefined && found.points.length > 0) {
    // What draws them takes long to load, and most runs have none.
    const { writePlots } = await import("./plots.ts");
    await writePlots(svg, figures);
  }
  if (stop.signal.aborted) return stop.signal.reason;
  return found.missing.length === 0 ? 0 : 1;
}

await runMain(import.meta, main, () => askOnSignal((code) => stop.abort(code), GRACE_MS));
