/** Who has it wrong: with a mistake in it, with nothing in it, and who means no good. */
import { zipped } from "../of_grader/archives.ts";
import { ROOT } from "../of_lessons/program.ts";
import { mistaken } from "../of_servers/solved_exercise.ts";
import { LOOP } from "../of_servers/mistakes/lesson_3.ts";
import { type Handed, oneFile, ownFolder, quick } from "./handed.ts";

const HOSTILE = ["answers_ok", "closes_at_once", "crashes_when_asked", "exits_at_import"].concat(
  ["floods_replies", "listens_elsewhere", "never_accepts", "says_nothing", "serve_throws"],
  ["spins_at_import", "spins_in_accept", "starts_threads", "takes_memory", "tries_everything"],
);
const MISTAKES = 8;
/** Of one kind a bit, so that it is no archive of anything. */
const NO_ZIP = "PK\x03\x04 and no more";

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** Nobody of these has full marks. */
export function wrong(): Handed[] {
  const kit = read("tests/servers/hostile/kit.ts");
  return [
    ...LOOP.slice(0, MISTAKES).map(([lesson, name, edits]) =>
      oneFile("a mistake", `${name.replace(/\W+/g, " ")}.ts`, mistaken(lesson, edits), "some")
    ),
    ...nothing(),
    ...HOSTILE.map((name) => {
      const files = { "exercise.ts": read(`tests/servers/hostile/${name}.ts`), "kit.ts": kit };
      return ownFolder("hostile", name, files, "some");
    }),
    ...archives(),
  ];
}

function nothing(): Handed[] {
  const kind = "nothing that serves";
  const untouched = read("lessons/3-io-multiplexing/exercise.ts");
  const model = 'export { serve } from "../../models/3_io_multiplexing.ts";\n';
  return [
    oneFile("the untouched exercise", "untouched.ts", untouched, "none"),
    quick(oneFile(kind, "empty.ts", "", "none")),
    quick(oneFile(kind, "a remark.ts", "// I was ill.\n", "none")),
    quick(oneFile(kind, "no serve.ts", "export const answer = 42;\n", "none")),
    quick(oneFile(kind, "no syntax.ts", "export function serve( {\n", "none")),
    quick(oneFile(kind, "throws.ts", 'throw new Error("first\\x1b[31m");\n', "none")),
    quick(oneFile(kind, "the model.ts", model, "none")),
    quick(oneFile(kind, "not text.ts", new Uint8Array([0, 255, 254, 1, 2, 3]), "none")),
    quick(oneFile(kind, "a paper.pdf", "%PDF-1.7", "none")),
    quick(oneFile(kind, "another language.py", "print(42)\n", "none")),
    quick(ownFolder(kind, "notes only", { "notes.md": "I was ill." }, "none")),
    quick(ownFolder(kind, "two programs", { "a.ts": "", "b.ts": "" }, "none")),
  ];
}

function archives(): Handed[] {
  const kind = "an archive that is none";
  return [
    quick(oneFile(kind, "no archive.zip", NO_ZIP, "none")),
    quick(oneFile(kind, "leads out.zip", zipped({ "../exercise.ts": "x" }), "none")),
    quick(oneFile(kind, "too much.zip", zipped({ "exercise.ts": " ".repeat(1e7) }), "none")),
    quick(oneFile(kind, "packed twice.zip", zipped({ "in.zip": "PK" }), "none")),
  ];
}
