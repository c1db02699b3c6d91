/** The small programs that a text shows, with what they print. */
import { assertEquals, assertLess } from "@std/assert";
import { ROOT } from "./program.ts";

/** So long a program of half a second may take on a busy machine before it counts as hung. */
const HUNG_MS = 120_000;

/** A command of a text, and the output that is shown below it. */
const RUN = /```sh\ndeno (run .* (lessons\/[\w-]+\/)(\w+\.ts))\n```\n\n```text\n([^`]*)```/g;

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

/**
 * Tests the small programs of a text: each prints what the text shows, is short, and is shown.
 *
 * @param text the text's path, from the project's folder.
 * @param folder the programs' folder, with a slash at the end.
 * @param helpers files in it that are no programs.
 * @param ignore where they cannot run.
 */
export async function testSmallPrograms(
  text: string,
  folder: string,
  helpers: readonly string[] = [],
  ignore = false,
): Promise<void> {
  const shown = await Deno.readTextFile(new URL(text, ROOT));
  const runs = Array.from(
    shown.matchAll(RUN),
    ([, command, place, program, output]) => ({ args: command.split(" "), place, program, output }),
  ).filter(({ place }) => place === folder);
  for (const { args, program, output } of runs) {
    Deno.test({
      name: `${program} prints what ${text} shows`,
      ignore,
      async fn() {
        assertEquals(normalised(await run(args)), normalised(output));
      },
    });
  }
  Deno.test(`every program in ${folder} is shown in the text, and is short`, async () => {
    const programs: string[] = [];
    for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
      if (!name.endsWith(".ts")) continue;
      const lines = (await Deno.readTextFile(new URL(folder + name, ROOT))).split("\n").length - 1;
      assertLess(lines, 40, `${name} has ${lines} lines; the text promises under 40`);
      if (!name.endsWith("_thread.ts") && !helpers.includes(name)) programs.push(name);
    }
    assertEquals(runs.map(({ program }) => program).sort(), programs.sort());
  });
}
