/**
 * `deno task compare`: the models side by side. The same workloads for each, one model after the
 * other, on this machine; three tables on standard output, what is being done on standard error.
 */
import { fileURLToPath } from "node:url";
import { colourFor, complain, print } from "../../lessons/tools/screen.ts";
import { checkWritable, writeWhole } from "../grader/report/files.ts";
import { typedIn } from "../grader/grading/typed_in.ts";
import { runMain } from "../grader/grading/run_main.ts";
import { COMPARE_HELP, parseCompareArguments, PROGRAM } from "./arguments.ts";
import { compare } from "./comparison.ts";
import { thisMachine, warningOf } from "./machine.ts";
import { PAGE, reportText, withFigures } from "./page.ts";

/** Shows what is being done: a line for each model, and its steps as they begin. */
function showProgress(): (text: string) => void {
  let first = true;
  return (text) => {
    const newLine = text === "" || text.endsWith(":");
    print(newLine ? `${first ? "" : "\n"}${text}` : ` ${text}`, Deno.stderr);
    first = false;
  };
}

/** Runs the command line. Returns the exit code. */
async function main(): Promise<number> {
  // Where the command was typed: `deno task` itself changes to the project's folder.
  const request = parseCompareArguments(Deno.args, typedIn());
  if (request.help) {
    print(COMPARE_HELP);
    return 0;
  }
  const { json, models, floors, quick } = request;
  if (json !== undefined) checkWritable([{ format: "json", path: json }]);
  colourFor(Deno.stdout);
  const machine = await thisMachine();
  const warning = warningOf(machine);
  if (warning !== undefined) complain(warning);
  const comparison = await compare({
    models,
    floors,
    quick,
    command: [PROGRAM, ...Deno.args].join(" "),
    machine,
    progress: showProgress(),
  });
  print(reportText(comparison));
  if (json !== undefined) await writeWhole(json, JSON.stringify(comparison, null, 2) + "\n");
  const whole = comparison.models.every(({ error }) => error === undefined);
  if (!request.page) return whole ? 0 : 1;
  if (!whole || comparison.yardstick !== "redis-server") {
    complain("the page stays as it is: it shows every model, beside redis-server, on Linux");
    return 1;
  }
  // It draws: what that takes to load is not to be waited for without a page.
  const { measureFurther } = await import("./further.ts");
  const further = await measureFurther(showProgress());
  for (const [name, svg] of Object.entries(further.plots)) {
    await writeWhole(fileURLToPath(new URL(name, PAGE)), svg);
  }
  const page = withFigures(await Deno.readTextFile(PAGE), comparison, further.markdown);
  await writeWhole(fileURLToPath(PAGE), page);
  return 0;
}

await runMain(import.meta, main);
