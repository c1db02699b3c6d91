/** Grades one submission of many, in a grader of its own: whatever happens there, the rest go on. */
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { GradeAllRequest } from "./grade_all_arguments.ts";
import type { GradeResult } from "./result.ts";
import { removeIfThere, stage } from "./stage.ts";
import type { Submission } from "./submissions.ts";

const GRADE = fileURLToPath(new URL("grade.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Longer than the limits of the grader itself. */
const LIMIT_MS = 300_000;
/** To end its servers. */
const GRACE_MS = 5_000;

/** Copies and results of the submissions that are being graded. */
const underWay = new Set<{ remove(): void }>();

/**
 * Grades a copy of the submission.
 *
 * @throws Error when the grader itself fails.
 */
export async function gradeStudent(
  { file, folder }: Submission,
  { lesson, claims, seed }: GradeAllRequest,
): Promise<GradeResult> {
  const json = Deno.makeTempFileSync({ prefix: "connfd-grade-", suffix: ".json" });
  const copy = stage(file, folder);
  const work = { remove: () => [json, dirname(copy.path)].forEach(removeIfThere) };
  underWay.add(work);
  try {
    const flags = [`--file=${basename(file)}`, `--json=${json}`, "--exit-zero"];
    if (claims !== undefined) flags.push(`--claims=${claims}`);
    if (seed !== undefined) flags.push(`--seed=${seed}`);
    await runGrader([`${lesson}`, ...flags], dirname(copy.path));
    return JSON.parse(Deno.readTextFileSync(json));
  } finally {
    work.remove();
    underWay.delete(work);
  }
}

/** Clears away what was under way when the program is ended. */
export function removeUnderWay(): void {
  for (const work of underWay) work.remove();
}

async function runGrader(args: string[], folder: string): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", GRADE, ...args],
    cwd: ROOT,
    env: { INIT_CWD: folder, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stop = (signal: Deno.Signal, afterMs: number) =>
    setTimeout(() => child.kill(signal), afterMs);
  const timers = [stop("SIGTERM", LIMIT_MS), stop("SIGKILL", LIMIT_MS + GRACE_MS)];
  const { code, stderr } = await child.output();
  for (const timer of timers) clearTimeout(timer);
  if (code === 0) return;
  const lastLine = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new Error(`the grader ended with exit code ${code}: ${lastLine}`);
}
