/** Exercises as a student solves them, made of the models; and with one mistake in them. */
import { assert, assertStringIncludes } from "@std/assert";
import { lessonOf, modelOf } from "../../lessons/catalogue.ts";
import { ROOT } from "../of_lessons/program.ts";

/** What lessons 5 and 6 have of lesson 3: an exercise is one file. */
const FROM_LESSON_3 = 'import { eventLoop } from "./3_io_multiplexing.ts";\n';
const LOOP = /^\/\*\* The model itself\.[^]*?^}\n/m;

function source(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** The text of a solved exercise. */
export function solvedExercise(lesson: number): string {
  const model = source(modelOf(lessonOf(lesson)));
  const whole = model.includes(FROM_LESSON_3) ? withLoop(model) : model;
  return whole.replaceAll('"./parts/', '"../../models/parts/');
}

function withLoop(model: string): string {
  const [loop] = LOOP.exec(source(modelOf(lessonOf(3)))) ?? [];
  assert(loop !== undefined, "model 3 has no loop of its own");
  const selector = model.includes("import { Selector }")
    ? ""
    : 'import { Selector } from "./parts/selector.ts";\n';
  return model.replace(FROM_LESSON_3, selector)
    .replace("import { Acceptor }", "import { Acceptor, openConnection }") + `\n${loop}`;
}

/** A text, and what stands there instead. */
export type Edit = readonly [from: string, to: string];

/** A solved exercise with mistakes in it. */
export function mistaken(lesson: number, edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    assertStringIncludes(text, from, `exercise ${lesson} has nowhere: ${from}`);
    return text.replace(from, () => to);
  }, solvedExercise(lesson));
}
