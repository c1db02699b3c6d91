/**
 * A class of more than sixty, as it comes: right in many spellings, wrong, empty, hostile, packed, with
 * foreign names. As a program it makes the folder, and says afterwards what each kind got:
 *
 *   deno run -A tests/sample_class/sample_class.ts make DIR
 *   deno task grade-all DIR --lesson 3
 *   deno run -A tests/sample_class/sample_class.ts check DIR-grades
 */
import { dirname, join } from "node:path";
import { type Handed } from "./handed.ts";
import { right } from "./right.ts";
import { wrong } from "./wrong.ts";

/** What `summary.json` has of a student. */
interface Got {
  readonly student: string;
  readonly score: number;
  readonly max_score: number;
  readonly inconclusive: number;
  readonly error: string;
}

/** Everyone; or those of whom the small class is made. */
export async function sampleClass(small = false): Promise<Handed[]> {
  const all = [...await right(), ...wrong()];
  return small ? all.filter((one) => one.quick) : all;
}

/** Writes what they hand in to a folder. */
export function writeClass(folder: string, students: readonly Handed[]): void {
  for (const [path, content] of students.flatMap(({ files }) => Object.entries(files))) {
    const file = join(folder, path);
    Deno.mkdirSync(dirname(file), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(file, content);
    else Deno.writeFileSync(file, content);
  }
}

/** @param out the folder of results. @returns what is not as expected, a line each. */
export function surprises(out: string, students: readonly Handed[]): string[] {
  const got = gotIn(out);
  const rows = students.flatMap(({ student, expects }) => {
    const one = got.get(student);
    if (one === undefined) return [`${student}: has no row`];
    const { score, max_score, error } = one;
    const is = score === max_score && max_score > 0 ? "all" : score === 0 ? "none" : "some";
    const right = is === expects || expects === "some" && is === "none";
    return right ? [] : [`${student}: ${score}/${max_score}, and not ${expects} points ${error}`];
  });
  const strangers = [...got.keys()].filter((name) => !students.some((one) => one.student === name));
  return [...rows, ...strangers.map((name) => `${name}: is nobody's row`)];
}

/** What each kind got, as a table in Markdown. */
export function kindTable(out: string, students: readonly Handed[]): string {
  const got = gotIn(out);
  const kinds = Map.groupBy(students, ({ kind }) => kind);
  const rows = Array.from(kinds, ([kind, all]) => {
    const each = all.map(({ student }) => got.get(student));
    const scores = each.map((one) => one?.score ?? -1);
    const unclear = each.reduce((sum, one) => sum + (one?.inconclusive ?? 0), 0);
    const [least, most] = [Math.min(...scores), Math.max(...scores)];
    const points = least === most ? `${least}` : `${least} to ${most}`;
    return `| ${kind} | ${all.length} | ${points} | ${unclear} |`;
  });
  return ["| kind | students | points | inconclusive |", "| - | - | - | - |", ...rows].join("\n");
}

function gotIn(out: string): Map<string, Got> {
  const { students } = JSON.parse(Deno.readTextFileSync(join(out, "summary.json")));
  return new Map(students.map((one: Got) => [one.student, one]));
}

if (import.meta.main) {
  const [what, folder] = Deno.args;
  const students = await sampleClass();
  if (what === "make") {
    writeClass(folder, students);
    console.log(`${students.length} students`);
  } else {
    console.log(kindTable(folder, students));
    const wrong = surprises(folder, students);
    console.log(wrong.length === 0 ? "all as expected" : wrong.join("\n"));
    Deno.exit(wrong.length === 0 ? 0 : 1);
  }
}
