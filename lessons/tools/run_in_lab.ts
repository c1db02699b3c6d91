/**
 * The flags for which a lesson's server is a program of its own, and this one watches it: `--demo`,
 * `--trace-file` and `--watch`. What they need is loaded for them alone, so that a server starts at
 * once.
 */
import type { Lesson } from "../catalogue.ts";
import { UsageError } from "./flags.ts";
import type { LessonValues } from "./lesson_flags.ts";

/**
 * The scenes have sizes and a port of their own, and only an exercise is there to be saved.
 *
 * @throws UsageError for flags that do not go together.
 */
export function refuseTogether(values: LessonValues): void {
  if (values.watch && !values.exercise) throw new UsageError("--watch goes with --exercise");
  const others = Object.keys(values).filter((name) => name !== "demo" && name !== "exercise");
  if (values.demo && others.length > 0) throw new UsageError(`--demo takes no --${others[0]}`);
}

/** Does what such a flag asks for, to the end of the program; without one it returns at once. */
export async function runInLab(lesson: Lesson, values: LessonValues): Promise<void> {
  const { demo: wantsDemo, exercise, trace, "trace-file": path, watch, ...others } = values;
  if (wantsDemo) {
    const { demo } = await import("../lab/demo.ts");
    Deno.exit(await demo(lesson, exercise ? ["--exercise"] : []));
  }
  if (watch) {
    const rest = { ...others, ...trace && { trace }, ...path && { "trace-file": path } };
    const { watchTask } = await import("./watch_task.ts");
    Deno.exit(await watchTask(lesson, flagsOf(rest)));
  }
  if (path === undefined) return;
  const { traceToFile } = await import("../lab/trace_to_file.ts");
  const flags = flagsOf({ ...others, ...exercise && { exercise } });
  Deno.exit(await traceToFile(lesson, path, flags, trace ?? "pretty"));
}

/** The same flags, as they are typed. */
function flagsOf(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values)
    .flatMap(([name, value]) => value === true ? [`--${name}`] : [`--${name}`, String(value)]);
}
