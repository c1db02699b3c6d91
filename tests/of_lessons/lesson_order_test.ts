/** A lesson's text has the order of a student's way: predict, run, see, write it, compare, go on. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { folderOf, lessonOf, NUMBERS } from "../../lessons/catalogue.ts";
import { LessonText } from "./lesson_text.ts";
import { ROOT } from "./program.ts";

/** The section where one writes the model oneself. */
const EXERCISE = "Write it yourself";
/** In this order: predict, run, see, write it, compare, go on. */
const SECTIONS = [
  "Predict first",
  "The picture",
  "Try it",
  "The five questions",
  "Step by step",
  EXERCISE,
  "The code",
  "Pros and cons",
  "What the article leaves out",
  "Questions",
  "Measured",
  "In the wild",
  "What a production server does besides",
  "Go on",
];
/** What not every lesson has. */
const OPTIONAL = ["Measured"];
/** What is for later, or would tell too much. */
const FOLDED = ["The code", "Measured", "In the wild", "What a production server does besides"];
/** What one reads in six minutes. */
const MOST_WORDS_BEFORE = 1000;

/** What a student types while writing. */
const WORDS = ["watch", "client", "grade", "hint"];

const TEXTS = await Promise.all(NUMBERS.map((lesson) => LessonText.read(lesson)));

for (const text of TEXTS) {
  const name = `the text of lesson ${text.lesson}`;

  Deno.test(`${name} has every section, with something in it`, () => {
    const headings = [...text.sections.keys()];
    const expected = SECTIONS.filter((heading) =>
      headings.includes(heading) || !OPTIONAL.includes(heading)
    );
    assertEquals(headings, expected);
    for (const [heading, content] of text.sections) {
      assertGreater(content.trim().length, 80, heading);
      const folded = /^<details>\n<summary>.{6,}<\/summary>\n\n[^]+\n\n<\/details>$/.test(
        content.trim(),
      );
      assertEquals(folded, FOLDED.includes(heading), `${heading} is folded, or is not`);
    }
    assert(text.sections.get("Predict first")!.includes("?"), "nothing is to be predicted");
    assert(/^!\[.{60,}\]\(diagram\.svg\)$/m.test(text.text), "the picture lacks its alt text");
  });

  Deno.test(`${name} comes to the exercise after 1,000 words at most`, () => {
    const [before] = text.text.split(`\n## ${EXERCISE}\n`);
    const words = before.split(/\s+/).length;
    assert(words <= MOST_WORDS_BEFORE, `${words} words`);
    assert(!before.includes(".ts)"), "a file that is the solution, or is built of it");
  });

  Deno.test(`${name} leads to the lessons before and after it`, () => {
    const { lesson, sections } = text;
    const near = [lesson - 1, lesson + 1].filter((number) => NUMBERS.includes(number));
    const expected = near.map((number) => `../${folderOf(lessonOf(number)).split("/")[1]}/`);
    const links = Array.from(sections.get("Go on")!.matchAll(/\]\(([^)]*)\)/g), ([, link]) => link);
    assertEquals(links.filter((link) => /\/\d/.test(link)), expected);
  });

  Deno.test(`${name} says how the exercise is run and graded, and where there is help`, () => {
    const said = text.sections.get(EXERCISE)!.replace(/\s+/g, " ");
    const { lesson } = text;
    const commands = [`lesson${lesson} --exercise`, ...WORDS.map((word) => `${word} ${lesson}`)];
    for (const command of commands) {
      assert(said.includes(`\`deno task ${command}\``), command);
    }
    assert(said.includes("`deno task progress`") && said.includes("](exercise.ts)"));
  });
}

Deno.test("lessons/README.md says how long each lesson takes to read", async () => {
  const page = await Deno.readTextFile(new URL("lessons/README.md", ROOT));
  const [, speed] = /To read, at (\d+) words a minute/.exec(page)!;
  const minutes = (text: string) => String(Math.ceil(text.split(/\s+/).length / Number(speed)));
  const rows = page.matchAll(/^\| (\d) \S.* \| (\d+) minutes .*\| (\d+) minutes +\|$/gm);
  const said = Array.from(rows, ([, ...figures]) => figures);
  const counted = TEXTS.map(({ lesson, text }) => {
    return [String(lesson), ...text.split(`\n## ${EXERCISE}\n`).map(minutes)];
  });
  assertEquals(said, counted);
});
