/** Who has it right: in many spellings, and handed in in many ways. */
import module from "node:module";
import { tarred, zipped } from "../of_grader/archives.ts";
import { ROOT } from "../of_lessons/program.ts";
import { solvedExercise } from "../of_servers/solved_exercise.ts";
import { type Handed, oneFile, ownFolder, quick } from "./handed.ts";

const SPELLINGS = ["3_class", "3_if_chain", "3_plain", "3_switch", "3_table"];
const EXERCISE = "lessons/3-io-multiplexing/exercise.ts";

/** A solution that was written without looking at the others. */
function spelling(name: string): string {
  const text = Deno.readTextFileSync(new URL(`tests/servers/spellings/${name}.ts`, ROOT));
  return text.replaceAll('"../../../models/parts/', '"../../models/parts/');
}

/** The names that a student has, in letters and signs of many kinds. */
const NAMES = ["李伟", "O'Neil, Ann", "Jose\u0301 Paz", "=cmd()", "-rf", "a;b & c", "$HOME `id`"]
  .concat(["naïve 😀", "100%25", 'say "hi"', "two\nlines", "n".repeat(200), "__proto__"]);

/** Everyone of these has full marks. */
export async function right(): Promise<Handed[]> {
  const plain = spelling("3_plain");
  const script = module.stripTypeScriptTypes(plain, { mode: "strip" });
  const files = { "exercise.ts": plain };
  const inParts = {
    "exercise.ts": 'export { serve } from "./lib/mine.ts";\n',
    "lib/mine.ts": plain.replaceAll('"../../models/', '"../../../models/'),
  };
  const mac = { "work/exercise.ts": plain, "__MACOSX/work/._exercise.ts": "\0" };
  const course = { "deno.json": "{}", [EXERCISE]: plain, "models/3_io_multiplexing.ts": "x" };
  const way = "right, handed in another way";
  return [
    ...SPELLINGS.map((name) =>
      oneFile("right, written alone", `${name}.ts`, spelling(name), "all")
    ),
    oneFile("right, the model renamed", "copy-1.ts", renamed(solvedExercise(3)), "all"),
    oneFile("right, the model as it is", "copy-2.ts", solvedExercise(3), "all"),
    oneFile("right, another's renamed", "copy-3.ts", renamed(spelling("3_table")), "all"),
    oneFile(way, "ending-js.js", script, "all"),
    oneFile(way, "ending-mjs.mjs", script, "all"),
    oneFile(way, "ending-mts.mts", plain, "all"),
    oneFile(way, "CAPITALS.TS", plain, "all"),
    ownFolder(way, "folder", files, "all"),
    ownFolder(way, "folder lesson3", { "lesson3.ts": plain, "lesson4.ts": "" }, "all"),
    ownFolder(way, "folder any name", { "my server.ts": plain, "notes.md": "hello" }, "all"),
    ownFolder(way, "folder in a folder", { "project/exercise.ts": plain }, "all"),
    ownFolder(way, "folder in parts", inParts, "all"),
    ownFolder(way, "the whole course", course, "all"),
    quick(oneFile("right, in an archive", "packed.zip", zipped(files), "all")),
    oneFile("right, in an archive", "packed-mac.zip", zipped(mac), "all"),
    oneFile("right, in an archive", "packed-tar.tar.gz", await tarred(files), "all"),
    oneFile("right, in an archive", "packed-tgz.tgz", await tarred({ "a/b.ts": plain }), "all"),
    ...downloads(plain),
    ...NAMES.map((name) => oneFile("right, a foreign name", `${name}.ts`, plain, "all")),
  ];
}

/** As Canvas and Moodle name them; of two attempts the last is right. */
function downloads(plain: string): Handed[] {
  const kind = "right, as a gradebook names it";
  return [
    {
      kind,
      student: "liwei_123",
      expects: "all",
      files: {
        "liwei_123_456_exercise.ts": "export const first = 1;\n",
        "liwei_LATE_123_460_exercise-1.ts": plain,
      },
    },
    {
      kind,
      student: "Li Wei_12345",
      expects: "all",
      files: { "Li Wei_12345_assignsubmission_file/exercise.ts": plain },
    },
  ];
}

/** As somebody hands it in who does not want it to be known: other names for what has no fixed one. */
function renamed(text: string): string {
  const own = /(?<![."/\w])(selector|context|acceptor|listener|handlers|everything)\b/g;
  return text.replace(/^ *\/\/.*$/gm, "").replace(own, "my_$1");
}
