/** A lesson's `quiz.md`. */
import { folderOf, type Lesson } from "../catalogue.ts";
import { parseQuestions, type Question } from "./questions.ts";

/** The questions of a lesson. */
export async function questionsOf(lesson: Lesson): Promise<Question[]> {
  const file = new URL(`../../${folderOf(lesson)}/quiz.md`, import.meta.url);
  return parseQuestions(await Deno.readTextFile(file));
}
