/** `deno task grade-all`: grades a folder of submissions. What is done is kept, and not done again. */
import { join } from "node:path";
import { printPages } from "../../lessons/tools/pages.ts";
import { print } from "../../lessons/tools/screen.ts";
import { mergeAbout, mergeLessons } from "./class/class_rows.ts";
import { gradeClass, type GradedClass } from "./class/grade_class.ts";
import { partText, WHOLE } from "./class/part.ts";
import { checkPolicy } from "./class/policy.ts";
import { writeTables } from "./class/tables.ts";
import { unclearIds } from "./grading/ask_again.ts";
import { allLessons } from "./grading/check_here.ts";
import {
  type ClassRequest,
  GRADE_ALL_HELP,
  parseGradeAllArguments,
} from "./grading/grade_all_arguments.ts";
import { lessonsNamed } from "./grading/named.ts";
import type { Outcome } from "./grading/outcome.ts";
import { runMain } from "./grading/run_main.ts";
import { typedIn } from "./grading/typed_in.ts";

async function main(): Promise<number> {
  const request = parseGradeAllArguments(Deno.args, typedIn());
  if (request === undefined) {
    await printPages(GRADE_ALL_HELP);
    return 0;
  }
  // Errors in claims of one's own are found once, and not for each student.
  const lessons = lessonsNamed(await allLessons(request.claims), request.lessons);
  checkPolicy(request.options.policy, lessons.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const graded: GradedClass[] = [];
  for (const lesson of lessons) {
    // Several lessons have a folder each; the table of all is above them.
    const out = lessons.length === 1 ? request.out : join(request.out, `lesson${lesson.lesson}`);
    graded.push(await gradeClass({ ...request, lesson: lesson.lesson, out }, lesson));
  }
  return await finish(request, graded);
}

async function finish(
  { lessons, out, part, options }: ClassRequest,
  graded: readonly GradedClass[],
): Promise<number> {
  const results = mergeLessons(graded.map(({ outcomes }) => outcomes.map(({ kept }) => kept)));
  const about = mergeAbout(graded.map((one) => one.about));
  await writeTables(out, { lessons, results, about }, options);
  const outcomes = graded.flatMap((one) => one.outcomes);
  const count = (how: Outcome["how"]) => outcomes.filter((one) => one.how === how).length;
  const failed = count("not graded");
  const unclear = results.filter(({ result }) => unclearIds(result).length > 0).length;
  const where = part === WHOLE ? "" : ` in part ${partText(part)}`;
  print(
    `${results.length} students${where}: ${count("graded")} graded, ${
      count("as before")
    } as before` +
      `${failed > 0 ? `, ${failed} not graded` : ""}` +
      `${unclear > 0 ? `, ${unclear} with inconclusive claims` : ""}; see ${
        join(out, "summary.csv")
      }\n`,
  );
  return failed + unclear > 0 ? 1 : 0;
}

await runMain(import.meta, main);
