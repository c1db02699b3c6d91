/** What `deno task book` does not take, it says in a line, and writes nothing. */
import { assertEquals, assertMatch } from "@std/assert";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { Program, ROOT } from "../of_lessons/program.ts";

const HUNG_MS = 120_000;

/** The command's exit code and what it says. */
async function book(args: readonly string[]): Promise<[number, string]> {
  const { code, stdout, stderr } = await Program.start(
    taskArguments("book", args),
    "null",
    HUNG_MS,
  ).ended;
  assertEquals(stdout, "");
  return [code, stderr];
}

Deno.test("book: says in one line what it does not take", async () => {
  assertEquals(await book(["a", "b"]), [2, "one folder, not 'b' too\n"]);
  assertEquals(await book(["--nothing"]), [2, "no flag --nothing; see: deno task book --help\n"]);
});

Deno.test("book: writes over nobody's files", async () => {
  const before = Array.from(Deno.readDirSync(ROOT), ({ name }) => name).sort();
  for (const folder of ["models", "README.md", "README.md/book"]) {
    const [code, said] = await book([folder]);
    assertEquals(code, 2);
    assertMatch(said, /^[\w./]+: a folder is needed that is new, empty, or has a book in it\n$/);
  }
  assertEquals(Array.from(Deno.readDirSync(ROOT), ({ name }) => name).sort(), before);
});
