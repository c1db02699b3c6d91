/**
 * `deno task gradescope-bundle`: everything that Gradescope needs to grade a lesson, as a zip file or
 * as a folder. What Gradescope runs is in `lessons/instructors/gradescope/`.
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lessonOf, startsProcesses } from "../../lessons/catalogue.ts";
import { flagHelp, onOff, parseFlags, UsageError, wholeNumber } from "../../lessons/tools/flags.ts";
import { print } from "../../lessons/tools/screen.ts";
import { lessonsNamed } from "./grading/named.ts";
import { CLAIMS, text } from "./grading/grader_flags.ts";
import { LESSONS } from "./grading/lessons.ts";
import { allLessons } from "./grading/check_here.ts";
import { replaceFile } from "../../lessons/play/replace_file.ts";
import { typedIn } from "./grading/typed_in.ts";
import { runMain } from "./grading/run_main.ts";
import { makeScratch } from "./submission/scratch.ts";
import { TASK } from "../../lessons/tools/typed.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = `${TASK} gradescope-bundle`;
const SCRIPTS = "lessons/instructors/gradescope";
/** What grading needs of the project. */
const PARTS = ["deno.json", "deno.lock", "LICENSE", "lessons", "models", "tests/grader"];
/** Solutions that an instructor tried out, and copies of submissions, stay at home. */
const STAYS = /^(exercise\.ts|\..*|instructors)$/;

const FLAGS = {
  lesson: wholeNumber(1, 9, "N", "the lesson whose claims are tried"),
  claims: CLAIMS,
  out: text("PATH", "a .zip file, or else a folder to make", "a path"),
  help: onOff("show this"),
};

const HELP = `Makes the autograder that is uploaded to Gradescope.

usage: ${PROGRAM} --lesson N [flags]

${flagHelp(FLAGS)}
Without --out: gradescope-lessonN.zip in the folder where you are.
`;

const BOX_NEEDED = "it is graded where bubblewrap may make a box, which many containers do not " +
  "allow: try it first\n";

async function main(): Promise<number> {
  const { values, words } = parseFlags(FLAGS, Deno.args, PROGRAM);
  if (values.help) {
    print(HELP);
    return 0;
  }
  if (words.length > 0 || values.lesson === undefined) {
    throw new UsageError(`--lesson N is needed, and nothing else; see: ${PROGRAM} --help`);
  }
  const here = typedIn();
  const claims = values.claims === undefined ? undefined : resolve(here, values.claims);
  // A claim that is not right is found here, and not by the first student.
  const [{ claims: all }] = lessonsNamed(await allLessons(claims), [values.lesson]);
  const out = resolve(here, values.out ?? `gradescope-lesson${values.lesson}.zip`);
  if (out.endsWith(".zip")) {
    const scratch = makeScratch();
    makeBundle(scratch, values.lesson, claims);
    await zip(scratch, out);
  } else {
    makeBundle(newFolder(out), values.lesson, claims);
  }
  const points = all.reduce((sum, claim) => sum + claim.points, 0);
  print(`${out}\nlesson ${values.lesson}: set the assignment's autograder points to ${points}\n`);
  if (startsProcesses(lessonOf(values.lesson))) print(BOX_NEEDED);
  return 0;
}

function newFolder(path: string): string {
  try {
    Deno.mkdirSync(path);
    return path;
  } catch (error) {
    throw new UsageError(`--out: cannot make ${path}: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** Fills a folder. */
function makeBundle(folder: string, lesson: number, claims: string | undefined): void {
  const tests = LESSONS.map((one) => `tests/lesson${one.lesson}_test.ts`);
  for (const part of [...PARTS, ...tests]) copy(join(ROOT, part), join(folder, part));
  for (const script of ["setup.sh", "run_autograder"]) {
    Deno.copyFileSync(join(ROOT, SCRIPTS, script), join(folder, script));
    Deno.chmodSync(join(folder, script), 0o755);
  }
  if (claims !== undefined) copy(claims, join(folder, "claims"));
  const conf = `LESSON=${lesson}\n${claims === undefined ? "" : "CLAIMS=claims\n"}`;
  Deno.writeTextFileSync(join(folder, "bundle.conf"), conf);
}

/** Copies a file or a folder, without links and without what stays at home. */
function copy(from: string, to: string): void {
  const { isFile, isDirectory } = Deno.lstatSync(from);
  if (isFile) {
    Deno.mkdirSync(dirname(to), { recursive: true });
    Deno.copyFileSync(from, to);
  } else if (isDirectory) {
    for (const { name } of Deno.readDirSync(from)) {
      if (!STAYS.test(name)) copy(join(from, name), join(to, name));
    }
  }
}

/** Zips what is in a folder, and keeps who may execute it. */
async function zip(folder: string, file: string): Promise<void> {
  await replaceFile(file, (beside) => zipWithAny(folder, beside, file));
}

/** Zips with the first program that is there. @param shown the file's name for the user. */
async function zipWithAny(folder: string, file: string, shown: string): Promise<void> {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const programs = [["zip", "-qr"], ["python3", "-m", "zipfile", "-c"]];
  for (const [program, ...flags] of programs) {
    const args = [...flags, file, ...names];
    const command = new Deno.Command(program, { args, cwd: folder, stdout: "null" });
    const { success, stderr } = await command.output().catch(missing);
    if (success) return;
    const why = new TextDecoder().decode(stderr).trim();
    if (why !== "") throw new UsageError(`--out: cannot make ${shown}: ${why}`);
  }
  throw new UsageError("neither zip nor python3 is there: use --out FOLDER, and zip what is in it");
}

/** The program is not installed. */
function missing(error: unknown): { success: boolean; stderr: Uint8Array } {
  if (error instanceof Deno.errors.NotFound) return { success: false, stderr: new Uint8Array() };
  throw error;
}

await runMain(import.meta, main);
