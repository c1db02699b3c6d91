/**
 * The job array of `lessons/instructors/slurm/`, on a Slurm of two nodes, of which one is lost while it
 * grades: what comes of it is what one machine makes. Of a class that costs little; and with
 *
 *   deno task test-slurm -- --class
 *
 * of the whole sample class, which is also graded twice by one machine. That takes a machine that has
 * nothing else to do a quarter of an hour.
 */
import { assertEquals } from "@std/assert";
import { NO_SERVERS, withFiles } from "../of_grader/grader_program.ts";
import { sampleClass, writeClass } from "../sample_class/sample_class.ts";
import { gradeAll, gradeAsArray, inPart, PARTS } from "./array_run.ts";
import { whyNoSlurm } from "./slurm_kit.ts";

const EACH = 6;
const why = whyNoSlurm();
const skipped = why === "" ? "" : ` (skipped: ${why})`;

/** A class of which so many are in each part. */
function smallClass(): string[] {
  const students: string[] = [];
  for (let i = 0; students.length < PARTS * EACH; i++) {
    const name = `student-${`${i}`.padStart(3, "0")}`;
    const parts = Array.from({ length: PARTS }, (_, part) => inPart(part + 1, [...students, name]));
    if (parts.every(({ length }) => length <= EACH)) students.push(name);
  }
  return students;
}

Deno.test({
  name: `Slurm: an array of four parts with a node lost is the table of one machine${skipped}`,
  ignore: why !== "",
  async fn() {
    const students = smallClass();
    const files = students.map((name) => [`class/${name}.ts`, NO_SERVERS["no_serve.ts"]]);
    await withFiles(Object.fromEntries(files), async (folder) => {
      const flags = ["--lesson=3", "--seed=1", `--out=${folder}/whole`];
      await gradeAll([`${folder}/class`, ...flags]);
      await gradeAsArray(folder, students);
      for (const name of ["summary.csv", "summary.json", "likeness.csv"]) {
        const [one, other] = ["whole", "all"].map((from) =>
          Deno.readTextFileSync(`${folder}/${from}/${name}`)
        );
        assertEquals(other, one, name);
      }
    });
  },
});

Deno.test({
  name: `Slurm: the sample class has the same marks twice, and as an array${skipped}`,
  ignore: why !== "" || !Deno.args.includes("--class"),
  async fn() {
    await withFiles({}, async (folder) => {
      const handed = await sampleClass();
      writeClass(`${folder}/class`, handed);
      for (const out of ["first", "second"]) {
        const flags = ["--lesson=3", "--seed=1", `--out=${folder}/${out}`];
        await gradeAll([`${folder}/class`, ...flags]);
      }
      await gradeAsArray(folder, handed.map(({ student }) => student));
      const [first, second, all] = ["first", "second", "all"].map((out) => marksIn(folder, out));
      assertEquals(first.length, handed.length);
      assertEquals(second, first, "a second run");
      assertEquals(all, first, "four parts on Slurm, with a node lost");
    });
  },
});

/** A line for each student: the points, and the verdict of each claim. */
function marksIn(folder: string, out: string): string[] {
  const { students } = JSON.parse(Deno.readTextFileSync(`${folder}/${out}/summary.json`));
  return students.map(({ student, score, max_score, claims }: Record<string, unknown>) =>
    `${student}: ${score} of ${max_score} ${JSON.stringify(claims)}`
  );
}
