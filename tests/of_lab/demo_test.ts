/** The demos, as a student runs them: every claim is shown, in 80 columns, in a pipe. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { folderOf, LESSONS } from "../../lessons/catalogue.ts";
import { claimsIn } from "../../lessons/lab/scenes/claims.ts";
import { columnsOf } from "../../lessons/lab/screen/wrap.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { Program, ROOT } from "../of_lessons/program.ts";

/** Longer than a demo takes on a machine that is busy. */
const HUNG_MS = 120_000;
/** In no lane: that others live when one is killed, that memory is not shared, the whole protocol. */
const WITHOUT_SCENE = /^6\.P2$|^6\.C3$|\.R1$/;

/** What a lesson's text says of a scene: its claim, and what is to be seen. */
const TOLD =
  /--demo` plays .*?Below the lanes of (\d\.[PC]\d) stands what is to be seen:\n\n> (.*?)\n/;

/** Runs a lesson's task with these flags. */
function runLesson(lesson: number, flags: readonly string[]) {
  return Program.start(taskArguments(`lesson${lesson}` as "lesson1", flags), "null", HUNG_MS);
}

for (const lesson of LESSONS) {
  Deno.test(`demo: lesson ${lesson.number} shows each of its pros and cons`, async () => {
    const { code, stdout, stderr } = await runLesson(lesson.number, ["--demo"]).ended;
    assertEquals([code, stderr], [0, ""]);
    const text = await Deno.readTextFile(new URL(`${folderOf(lesson)}/README.md`, ROOT));
    const claims = claimsIn(text);
    const shown = stdout.split("\n").flatMap((line) => /^\d\.[A-Z]\d(?= )/.exec(line) ?? []);
    assertEquals(shown, [...claims.keys()].filter((id) => !WITHOUT_SCENE.test(id)));
    assert(!/This run does not show it|It does not go on/.test(stdout), stdout);
    const inOneLine = text.replace(/(?<!\n)\n(?!\n)/g, " ");
    const [, claim, seen] = TOLD.exec(inOneLine) ?? [];
    assertStringIncludes(inOneLine, `\`deno task lesson${lesson.number} --demo\` plays a scene`);
    const scene = stdout.split(/\n(?=\d\.[PC]\d )/).find((one) => one.startsWith(`${claim} `));
    assertStringIncludes(scene?.replace(/\s+/g, " ") ?? "", seen, "what the text says is seen");
    const wide = stdout.split("\n").filter((line) => columnsOf(line) > 80);
    assertEquals(wide, [], "wider than 80 columns");
    // deno-lint-ignore no-control-regex
    assert(!/\x1b/.test(stdout), "a pipe gets no colours");
  });
}

Deno.test("demo: says in one line what it does not take", async () => {
  const { code, stdout, stderr } = await runLesson(3, ["--demo", "--port", "8003"]).ended;
  assertEquals([code, stdout, stderr], [2, "", "--demo takes no --port\n"]);
});
