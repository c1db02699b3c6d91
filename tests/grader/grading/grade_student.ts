/** Grades one submission of many, in a grader of its own: whatever happens there, the rest go on. */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withCode } from "../class/anonymous.ts";
import type { GradeAllRequest } from "./grade_all_arguments.ts";
import type { GradeResult } from "../report/result.ts";
import { makeScratch, removeIfThere, removeScratchOf } from "../submission/scratch.ts";
import { asChecked } from "./check_here.ts";
import { TYPED_IN } from "./typed_in.ts";
import { asKept } from "./kept.ts";
import { Offspring } from "../server/offspring.ts";
import { childrenOf } from "../server/proc.ts";
import type { Submission } from "../submission/submissions_folder.ts";

const GRADE = fileURLToPath(new URL("../grade.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Longer than the limits of the grader itself: twice 5 minutes, and what was begun before their end. */
const LIMIT_MS = 900_000;
/** To end its servers. */
const GRACE_MS = 5_000;

/**
 * Grades the submission.
 *
 * @param ids some claims only; default: all of the lesson.
 * @throws Error when the grader itself fails.
 */
export async function gradeStudent(
  { student, path, isFolder }: Submission,
  { lesson, claims, seed, codes }: GradeAllRequest,
  ids: readonly string[] = [`${lesson}`],
): Promise<GradeResult> {
  const scratch = makeScratch();
  const json = join(scratch, "result.json");
  try {
    const flags = [`--file=${basename(path)}`, `--json=${json}`, "--exit-zero"];
    // A file in the folder of all has nothing beside it that is its own.
    if (!isFolder) flags.push(`--within=${basename(path)}`);
    if (claims !== undefined) flags.push(`--claims=${claims}`);
    if (seed !== undefined) flags.push(`--seed=${seed}`);
    await runGrader([...ids, ...flags], dirname(path));
    const result: GradeResult = JSON.parse(Deno.readTextFileSync(json));
    return codes === undefined ? result : withCode(result, basename(path), student);
  } finally {
    removeIfThere(scratch);
  }
}

/** The graders that run; whatever else this process has for a child is an orphan of one. */
const graders = new Set<number>();

/** Ends what a grader that was killed has left. */
function endOrphans(): void {
  const found = childrenOf(Deno.pid).filter((pid) => !graders.has(pid));
  for (const pid of found) new Offspring(pid).kill();
}

async function runGrader(args: string[], folder: string): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", GRADE, ...args],
    cwd: ROOT,
    env: { [TYPED_IN]: folder, NO_COLOR: "1", ...asKept(), ...asChecked() },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  graders.add(child.pid);
  const stop = (signal: Deno.Signal, afterMs: number) =>
    setTimeout(() => child.kill(signal), afterMs);
  const timers = [stop("SIGTERM", LIMIT_MS), stop("SIGKILL", LIMIT_MS + GRACE_MS)];
  const { code, stderr } = await child.output();
  for (const timer of timers) clearTimeout(timer);
  // One that was killed has left both.
  graders.delete(child.pid);
  removeScratchOf(new Set([child.pid]));
  endOrphans();
  if (code === 0) return;
  const lastLine = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new Error(`the grader ended with exit code ${code}: ${lastLine}`);
}
