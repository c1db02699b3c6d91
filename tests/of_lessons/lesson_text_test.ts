/** The lessons' texts say what is so: what they cite exists, and what they show comes. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { readClientArguments } from "../../lessons/tools/client_arguments.ts";
import { parseFlags } from "../../lessons/tools/flags.ts";
import { lessonOf, NUMBERS } from "../../lessons/catalogue.ts";
import { lessonFlags } from "../../lessons/tools/lesson_flags.ts";
import { parseGradeArguments } from "../grader/grading/grade_arguments.ts";
import { ROOT } from "./program.ts";
import { anchorsOf, LessonText, standsIn } from "./lesson_text.ts";
import { Reader } from "./lesson_text_run.ts";

/** The comments that mark the five places in every model. */
const MARKS = [
  "[1] Where accept blocks.",
  "[2] Who takes the connection.",
  "[3] Who holds connfd.",
  "[4] Who reads, works and writes.",
  "[5] What a new connect meets meanwhile.",
];

const TEXTS = await Promise.all(NUMBERS.map((lesson) => LessonText.read(lesson)));

for (const text of TEXTS) {
  const name = `the text of lesson ${text.lesson}`;

  Deno.test(`${name} answers the five questions, and cites the five marks`, () => {
    const answers = text.sections.get("The five questions")!;
    const asked = Array.from(answers.matchAll(/^(\d)\. \*\*(.*):\*\*/gm), ([, n, question]) => {
      return `[${n}] ${question}.`;
    });
    assertEquals(asked, MARKS);
    const steps = text.sections.get("Step by step")!;
    for (const n of [1, 2, 3, 4, 5]) assert(steps.includes(`[${n}]`), `[${n}] is not cited`);
    assert(!/\[[06-9]\]/.test(text.text), "a mark is cited that there is not");
  });

  Deno.test(`${name}: the marks stand in the model's source, in order`, async () => {
    const source = await text.modelSource();
    const places = MARKS.map((mark) => source.indexOf(`// ${mark}\n`));
    assert(!places.includes(-1), `one of the five comments is missing: ${places}`);
    const [accept, take, hold, serve, meet] = places;
    // A thread's own program, with [4] in it, stands below the main thread's.
    assert(accept < take && take < hold && hold < serve && hold < meet, `${places}`);
  });

  Deno.test(`${name}: the excerpts stand in the model's source`, async () => {
    const source = await text.modelSource();
    const excerpts = text.blocks.filter(({ language }) => language === "ts");
    assertGreater(excerpts.length, 0);
    for (const excerpt of excerpts) assert(standsIn(source, excerpt.text), excerpt.text);
  });

  Deno.test(`${name}: links and files lead somewhere`, async () => {
    for (const link of text.links) {
      const url = new URL(link, text.url);
      assertEquals(url.protocol, "file:", `${link} leads out of the project`);
      const anchor = url.hash.slice(1);
      url.hash = "";
      await Deno.stat(url);
      if (anchor === "") continue;
      const anchors = anchorsOf(await Deno.readTextFile(url));
      assert(anchors.includes(decodeURIComponent(anchor)), `${link}: no such heading`);
    }
    for (const code of text.code) {
      for (const [path] of code.matchAll(/\b(?:models|lessons|tests)\/[\w./-]+/g)) {
        await Deno.stat(new URL(path, ROOT));
      }
    }
  });

  Deno.test(`${name}: the command lines of our programs are right`, () => {
    const commands = text.code.filter((code) => code.startsWith("deno task "));
    assertGreater(commands.length, 3);
    for (const command of commands) {
      const [, , task, ...args] = command.split(" ");
      assert(task in config.tasks, `there is no task ${task}`);
      if (task === "client") readClientArguments(args);
      else if (/^(hint|predict|progress|quiz|watch)$/.test(task)) {
        assert(/^\d?$/.test(args.join(" ")), command);
      } else if (task === "test") assertEquals(args, ["--filter", `${text.lesson}.`]);
      else if (task === "grade") parseGradeArguments(args, ".");
      else {
        const lesson = Number(/^lesson(\d+)$/.exec(task)?.[1] ?? text.lesson);
        parseFlags(lessonFlags(lessonOf(lesson)), args, command);
      }
    }
  });

  Deno.test(`${name} claims each thing once, with points, and says how it is tried`, () => {
    const ids = text.claims.map(({ id }) => id);
    assertGreater(ids.length, 4);
    assertEquals(new Set(ids).size, ids.length, "an id is used twice");
    for (const { id, points } of text.claims) {
      assert(id.startsWith(`${text.lesson}.`), id);
      assert(/^[1-9]\d*$/.test(points), `${id}: '${points}' points`);
    }
    const tried = Array.from(text.text.matchAll(/^- \*\*(\d\.[PCR]\d)\*\*: ./gm), ([, id]) => id);
    assertEquals(tried, ids);
  });
}

Deno.test({
  name: "the commands of the lessons' texts print what the texts show",
  // There are no signals there, so no Ctrl-C to send.
  ignore: Deno.build.os === "windows",
  async fn() {
    const runs = await Promise.allSettled(TEXTS.map((text) => new Reader(text).follow()));
    const faults = runs.flatMap((run, i) => {
      return run.status === "rejected" ? [`lesson ${TEXTS[i].lesson}: ${run.reason}`] : [];
    });
    assert(faults.length === 0, faults.join("\n\n"));
  },
});
