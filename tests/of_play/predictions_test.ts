/**
 * The predictions: what the lessons' texts ask stands in them, and on the real servers they come out as
 * the predictions and the quizzes say. Times are asked for no more than what holds on any machine.
 */
import { assert, assertEquals } from "@std/assert";
import { folderOf, LESSONS } from "../../lessons/catalogue.ts";
import { measure } from "../../lessons/play/measure.ts";
import { PREDICTIONS } from "../../lessons/play/predictions.ts";
import { nearestChoice } from "../../lessons/play/questions.ts";
import { questionsOf } from "../../lessons/play/quiz_file.ts";

/** On a machine that is too busy for a scene, four times as slow: what must hold holds then, too. */
const PACES = [1, 4];

/** A lesson's section 'Predict first', in one line. */
async function predictFirst(folder: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(`../../${folder}/README.md`, import.meta.url));
  const [, section = ""] = /\n## Predict first\n([^]*?)\n## /.exec(text) ?? [];
  return section.replace(/\s+/g, " ");
}

for (const lesson of LESSONS) {
  const { number } = lesson;
  const predictions = PREDICTIONS.get(number) ?? [];

  Deno.test(`predict ${number}: the lesson's text asks the same first`, async () => {
    const section = await predictFirst(folderOf(lesson));
    const first = predictions.filter(({ first }) => first);
    assert(first.length > 0);
    for (const { asks } of first) assert(section.includes(asks), `not in the text: ${asks}`);
    assert(section.includes(`\`deno task predict ${number}\``), section);
    const ids = predictions.map(({ id }) => id);
    assertEquals([...new Set(ids)], ids, "an id twice");
    assertEquals(ids.filter((id) => !/^[a-z0-9-]+$/.test(id)), []);
  });

  Deno.test(`predict ${number}: the server does what is said of it, in the quiz too`, async () => {
    const questions = await questionsOf(lesson);
    for (const prediction of predictions) {
      const { id, must } = prediction;
      const { value, words } = await measure(prediction, lesson, { slowness: PACES });
      assert(value !== undefined, `${id}: ${words}`);
      if ("exactly" in must) assertEquals(value, must.exactly, id);
      else assert(value >= must.atLeast, `${id}: measured ${value}`);
      for (const { choices, measuredBy } of questions) {
        if (measuredBy !== id) continue;
        const right = choices.find(({ right }) => right)?.text;
        assertEquals(nearestChoice(choices, value)?.text, right, `${id}: measured ${value}`);
      }
    }
  });
}
