/** The small programs of lessons/README.md print what the text says they print. */
import { assertEquals, assertLess } from "@std/assert";

const ROOT = new URL("../", import.meta.url);
const BASICS = new URL("lessons/basics/", ROOT);
const TEXT = await Deno.readTextFile(new URL("lessons/README.md", ROOT));

/** So long a program of half a second may take on a busy machine before it counts as hung. */
const HUNG_MS = 30_000;

/** A command of the text and the output shown below it. */
const RUNS = Array.from(
  TEXT.matchAll(/```sh\ndeno (run .* lessons\/basics\/(\w+\.ts))\n```\n\n```text\n([^`]*)```/g),
  ([, command, program, output]) => ({ args: command.split(" "), program, output }),
);

/** What differs from run to run and from machine to machine becomes N. */
function normalised(output: string): string {
  return output
    .replace(/^ *\d+ ms:/gm, "N ms:")
    .replace(/write took \d+ bytes/g, "write took N bytes");
}

/** Runs `deno` in the project's folder, where the reader is. */
async function run(args: string[]): Promise<string> {
  const [command, ...rest] = args;
  const child = new Deno.Command(Deno.execPath(), {
    args: [command, "--no-prompt", ...rest],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const hung = setTimeout(() => child.kill("SIGKILL"), HUNG_MS);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(hung);
  const errors = new TextDecoder().decode(stderr);
  assertEquals(code, 0, `deno ${args.join(" ")} ended with ${code}: ${errors}`);
  return new TextDecoder().decode(stdout);
}

for (const { args, program, output } of RUNS) {
  Deno.test(`${program} prints what lessons/README.md shows`, async () => {
    assertEquals(normalised(await run(args)), normalised(output));
  });
}

Deno.test("every program in lessons/basics is shown in the text, and is short", async () => {
  const programs: string[] = [];
  for await (const { name } of Deno.readDir(BASICS)) {
    const lines = (await Deno.readTextFile(new URL(name, BASICS))).split("\n").length - 1;
    assertLess(lines, 40, `${name} has ${lines} lines; the text promises under 40`);
    if (!name.endsWith("_thread.ts")) programs.push(name);
  }
  assertEquals(RUNS.map(({ program }) => program).sort(), programs.sort());
});
