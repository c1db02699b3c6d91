/** When `--io kernel` is not for this command line, or not for this machine. */
import { assertKernelFloor, kernelFloorExists } from "../../models/parts/kernel/libc.ts";
import type { Lesson } from "../catalogue.ts";
import { UsageError } from "./flags.ts";
import type { LessonValues } from "./lesson_flags.ts";
import { TASK } from "./typed.ts";

/** Throws `UsageError`, which says what to type instead, if there is anything. */
export function refuseKernel(lesson: Lesson, { exercise, "trace-file": file }: LessonValues): void {
  if (exercise) throw new UsageError("--io kernel is for the models; an exercise may not call C");
  const mayCallC = Deno.permissions.querySync({ name: "ffi" }).state === "granted";
  // With a file to write the server is a program of its own, with permissions of its own.
  if (kernelFloorExists() && !mayCallC && file === undefined) {
    const task = `${TASK} lesson${lesson.number}:kernel`;
    throw new UsageError(
      `--io kernel takes the permission to call C, which this task has: ${task}`,
    );
  }
  try {
    if (file === undefined) assertKernelFloor();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
