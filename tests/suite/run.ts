/**
 * `deno task test`: runs `deno test` with the arguments given, and shows what a reader of the lessons
 * wants to know: each claim with its verdict, then how many other tests passed, and failures in full.
 * Of a part (`--filter 3.C1`, or files) each test is shown with what it wrote: for a claim, its steps.
 * `--all` shows every line as Deno writes it.
 *
 * Exit code: that of `deno test`.
 */
import { setColorEnabled } from "@std/fmt/colors";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { print } from "../../lessons/tools/screen.ts";
import { LessonText } from "../of_lessons/lesson_text.ts";
import { ClaimsShown } from "./claims_shown.ts";
import { SuiteView, type View } from "./suite_view.ts";
import { TestLines } from "./test_lines.ts";

const ALL = "--all";

/** A part of the tests: each with what it wrote. */
const partView: View = {
  test({ name, result, time, output }) {
    print([`${result} ${name} (${time})`, ...output, ""].join("\n"));
  },
  end() {},
};

/** The claims that the lessons' texts state. */
async function claimIds(): Promise<Map<number, string[]>> {
  const texts = await Promise.all(NUMBERS.map((number) => LessonText.read(number)));
  return new Map(texts.map(({ lesson, claims }) => [lesson, claims.map(({ id }) => id)]));
}

/** The arguments, where a claim is asked for by its id only: its file and no other. */
function quicker(args: readonly string[], typed: readonly string[]): readonly string[] {
  if (typed.some((arg) => arg.endsWith(".ts"))) return args;
  const [, lesson] = /--filter[= ](\d+)\./.exec(typed.join(" ")) ?? [];
  return NUMBERS.includes(Number(lesson)) ? [...args, `tests/lesson${lesson}_test.ts`] : args;
}

/** Starts `deno`; signals that ask this program to end are passed on. */
function start(args: readonly string[], output: "piped" | "inherit"): Deno.ChildProcess {
  // So that what a test says does not depend on how the tests were started.
  const env = { npm_lifecycle_event: "", ...Deno.stdout.isTerminal() ? {} : { NO_COLOR: "1" } };
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env,
    stdout: output,
    stderr: output,
  }).spawn();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    if (signal === "SIGTERM" && Deno.build.os === "windows") continue;
    Deno.addSignalListener(signal, () => {
      try {
        child.kill(signal);
      } catch {
        // It has ended.
      }
    });
  }
  return child;
}

/** @param args as for `deno`; those behind `--` are what was typed. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const at = args.indexOf("--");
  const typed = args.slice(at + 1);
  const all = [...args.slice(0, at), ...typed.filter((arg) => arg !== ALL)];
  if (typed.includes(ALL)) return (await start(all, "inherit").status).code;
  setColorEnabled(!Deno.noColor && Deno.stdout.isTerminal());
  const isPart = typed.some((arg) => arg.startsWith("--filter") || arg.endsWith(".ts"));
  const view = isPart ? partView : new SuiteView(new ClaimsShown(await claimIds()));
  const child = start(quicker(all, typed), "piped");
  // Threads that a test lets die complain there; it matters where the tests themselves did not run.
  const complaints = new Response(child.stderr).text();
  const lines = new TestLines();
  let ended = false;
  for await (const line of linesOf(child.stdout)) {
    const read = lines.read(line);
    if (typeof read === "object") view.test(read);
    if (typeof read !== "string") continue;
    if (!ended) view.end();
    ended = true;
    print(`${read}\n`);
  }
  if (!ended) {
    view.end();
    print(await complaints, Deno.stderr);
  }
  return (await child.status).code;
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  let pending = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (pending + chunk).split("\n");
    pending = lines.pop() ?? "";
    yield* lines;
  }
  if (pending !== "") yield pending;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
