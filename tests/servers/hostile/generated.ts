/**
 * Submissions that cannot lie in the repository, because they are no modules, lead out of their
 * folder, or would be refused by the project's own checks. Each is refused before anything runs.
 */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const MODEL = `${ROOT}models/3_io_multiplexing.ts`;
const SERVE = "export function serve() {}\n";

/** A submission that has to be refused. */
export interface Refused {
  /** The text of `submission.ts`. */
  readonly text: string;
  /** More files in its folder; of a symbolic link, where it leads. */
  readonly files?: Readonly<Record<string, string | { readonly link: string }>>;
  /** What is handed in. Default: submission.ts. */
  readonly path?: string;
  /** What the one line has to say. */
  readonly says: RegExp;
}

const imports = (module: string, says: RegExp, attributes = ""): Refused => ({
  text: `import * as all from "${module}"${attributes};\n${SERVE}console.log(all);`,
  says,
});

const FOREIGN = /^submission\.ts imports .+: only its own files, models\/parts/;
const REFERENCE = /submission\.ts imports .+: that is the reference itself$/;
const LINK = /is a symbolic link that leads out of the submission's folder$/;

/** What is tried. */
export const refused: Readonly<Record<string, Refused>> = {
  "imports the model": imports(MODEL, REFERENCE),
  "exports the model as its own": { text: `export * from "${MODEL}";`, says: REFERENCE },
  "imports the model when it runs": {
    text:
      `export const serve = async (options: unknown) => (await import("${MODEL}")).serve(options);`,
    says: REFERENCE,
  },
  "imports the lesson's server": imports(
    `${ROOT}lessons/3-io-multiplexing/server.ts`,
    /that runs the reference$/,
  ),
  "imports another lesson's exercise": imports(
    `${ROOT}lessons/1-single-thread-accept/exercise.ts`,
    FOREIGN,
  ),
  "imports the claims": imports(`${ROOT}tests/lesson3_test.ts`, FOREIGN),
  "imports another's text": imports("/etc/passwd", FOREIGN, ' with { type: "text" }'),
  "imports a data: URL": imports(`data:text/javascript,export * from 'file://${MODEL}'`, FOREIGN),
  "imports over the network": imports("https://example.com/server.ts", FOREIGN),
  "imports from npm": imports("npm:left-pad", FOREIGN),
  "imports from JSR": imports("jsr:@std/assert", FOREIGN),
  "imports nothing that exists": imports("express", /no such module$/),
  "imports a file that is not there": imports(
    "./gone.ts",
    /^submission\.ts imports .+: there is no such file$/,
  ),
  "imports the model by way of a neighbour": {
    text: `export * from "./neighbour.ts";`,
    files: { "neighbour.ts": `export * from "${MODEL}";` },
    says: /^neighbour\.ts imports .+: that is the reference itself$/,
  },
  "imports the model in a thread": {
    text: `${SERVE}new Worker(new URL("./thread.ts", import.meta.url), { type: "module" });`,
    files: { "thread.ts": `import "${MODEL}";` },
    says: /^thread\.ts imports .+: that is the reference itself$/,
  },
  "is a link to the model": {
    text: "",
    files: { "link.ts": { link: MODEL } },
    path: "link.ts",
    says: LINK,
  },
  "imports a link to the model": {
    text: `export * from "./link.ts";`,
    files: { "link.ts": { link: MODEL } },
    says: LINK,
  },
  "imports by way of a linked folder": {
    text: `export * from "./folder/3_io_multiplexing.ts";`,
    files: { folder: { link: `${ROOT}models` } },
    says: LINK,
  },
  "does not parse": { text: "export function serve( {", says: /does not parse: .+ \(line 1\)$/ },
  "has a thousand brackets too many": { text: "(".repeat(200_000), says: /cannot be parsed$/ },
  "is too long": { text: "//".repeat(600_000), says: /is larger than 1000000 bytes$/ },
  "is a folder": { text: "", path: ".", says: /is a folder, not a file$/ },
  "is not there": { text: "", path: "gone.ts", says: /gone\.ts does not exist$/ },
  "is no program": {
    text: "",
    files: { "notes.txt": "" },
    path: "notes.txt",
    says: /is not a TypeScript or JavaScript file$/,
  },
  "has a name that steers a terminal": {
    text: "",
    path: "\x1b[2Jgone.ts",
    says: /^[\x20-\x7e\ufffd]+ does not exist$/,
  },
};

/** Writes a submission into a new folder. Returns the path of what is handed in. */
export function write(
  folder: string,
  { text, files = {}, path = "submission.ts" }: Refused,
): string {
  Deno.mkdirSync(folder);
  Deno.writeTextFileSync(`${folder}/submission.ts`, text);
  for (const [name, content] of Object.entries(files)) {
    const file = `${folder}/${name}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(file, content);
    else Deno.symlinkSync(content.link, file);
  }
  return `${folder}/${path}`;
}
