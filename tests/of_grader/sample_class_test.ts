/** The small part of the sample class: each is a row, and gets what is expected. */
import { assertEquals } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { sampleClass, surprises, writeClass } from "../sample_class/sample_class.ts";
import { runLong, withFiles } from "./grader_program.ts";

const ignore = !procExists;
const STUDENTS = 60;

Deno.test("the sample class has more than sixty, each of another name", async () => {
  const names = (await sampleClass()).map(({ student }) => student);
  assertEquals(names.length > STUDENTS, true);
  assertEquals(new Set(names).size, names.length);
});

Deno.test({
  name: "grade-all: those of the sample class that cost no time get what they should",
  ignore,
}, async () => {
  await withFiles({}, async (folder) => {
    const students = await sampleClass(true);
    writeClass(`${folder}/class`, students);
    const flags = ["--lesson=3", `--out=${folder}/out`];
    const { code, stdout } = await runLong("grade-all", [`${folder}/class`, ...flags]);
    assertEquals(code, 0, stdout);
    assertEquals(surprises(`${folder}/out`, students), []);
  });
});
