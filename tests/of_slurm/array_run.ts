/** A class, graded by one machine and by the job array of `lessons/instructors/slurm/`. */
import { assertEquals, assertMatch } from "@std/assert";
import { partOf } from "../grader/class/part.ts";
import { type Ended, Program, ROOT } from "../of_lessons/program.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { SmallSlurm, untilTrue } from "./slurm_kit.ts";
import { logsIn } from "./slurm_processes.ts";

/** The array of the tests has as many. */
export const PARTS = 4;
const SCRIPT = new URL("lessons/instructors/slurm/grade-class.sbatch", ROOT).pathname;
/** A large class takes that, on a machine that has much else to do. */
const HUNG_MS = 3_600_000;
/** A part that was done before its node could be lost shows nothing: then the array runs once more. */
const TRIES = 5;

/** Runs a task of the grader to its end, which may take long. */
async function grade(task: "grade-all" | "grade-join", args: string[]): Promise<Ended> {
  return await Program.start(taskArguments(task, args), "null", HUNG_MS).ended;
}

/**
 * Grades a class, or a part, until everyone is: on a machine that has far too much to do somebody's
 * grading may not come to an end, and the next run does what is missing, as the pages say.
 */
export async function gradeAll(args: string[]): Promise<void> {
  for (let left = TRIES;; left--) {
    const { code, stdout, stderr } = await grade("grade-all", args);
    if (code === 0) return;
    if (left === 1) throw new Error(`grade-all, exit code ${code}: ${stdout}${stderr}`);
  }
}

/** Who is in a part, counted from 1. */
export function inPart(part: number, students: readonly string[]): string[] {
  return students.filter((student) => partOf(student, PARTS) === part);
}

/**
 * Grades `FOLDER/class` as an array of two nodes of which one is lost while it grades, and joins the
 * parts to `FOLDER/all`.
 *
 * @param students everyone in the class.
 */
export async function gradeAsArray(folder: string, students: readonly string[]): Promise<void> {
  for (let left = TRIES;; left--) {
    const slurm = await SmallSlurm.start();
    try {
      if (await withALoss(slurm, folder, students)) break;
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${logsIn(slurm.folder)}`);
    } finally {
      await slurm.stop();
    }
    if (left === 1) throw new Error(`in ${TRIES} runs no node could be lost while it graded`);
    Deno.removeSync(`${folder}/grades`, { recursive: true });
  }
  const parts = Array.from({ length: PARTS }, (_, i) => `${folder}/grades/part-${i + 1}`);
  for (const [i, out] of parts.entries()) {
    const flags = ["--lesson=3", "--seed=1", `--part=${i + 1}/${PARTS}`, `--out=${out}`];
    await gradeAll([`${folder}/class`, ...flags]);
  }
  const flags = [`--class=${folder}/class`, `--out=${folder}/all`];
  const joined = await grade("grade-join", [...parts, ...flags]);
  assertEquals(joined.code, 0, joined.stderr);
}

/** @returns whether a node was lost while it graded, and its part done to the end by the other. */
async function withALoss(
  slurm: SmallSlurm,
  folder: string,
  students: readonly string[],
): Promise<boolean> {
  const log = (part: number | string) => `${folder}/part-${part}.log`;
  const course = [`--chdir=${ROOT.pathname}`, `--output=${log("%a")}`, "--mem=1G"];
  const flags = [`--array=1-${PARTS}`, `--export=ALL,PARTS=${PARTS},DENO=${Deno.execPath()}`];
  const args = [`${folder}/class`, "3", `${folder}/grades`];
  const said = await slurm.run("sbatch", ...flags, ...course, SCRIPT, ...args);
  assertMatch(said ?? "nothing", /^Submitted/);
  const left = (part: number) => inPart(part, students).length - resultsOf(folder, part);
  let lost = 0;
  await untilTrue("a part is under way on n2, or all are done", async () => {
    const part = await slurm.taskOn("n2");
    if (part === undefined) return await slurm.isDone();
    if (resultsOf(folder, part) > 0 && left(part) > 0) lost = part;
    return lost > 0;
  });
  if (lost === 0) return false;
  await slurm.loseNode("n2");
  const [graded, missing] = [resultsOf(folder, lost), left(lost)];
  await untilTrue("all parts are done", () => slurm.isDone());
  if (missing === 0) return false;
  const text = Deno.readTextFileSync(log(lost));
  assertMatch(text, new RegExp(`graded, ${graded} as before`), text);
  return true;
}

/** How many students of a part have a result. */
function resultsOf(folder: string, part: number): number {
  try {
    const names = Deno.readDirSync(`${folder}/grades/part-${part}/results`);
    return Array.from(names).filter(({ name }) => name.endsWith(".json")).length;
  } catch {
    return 0;
  }
}
