/** Each row of the catalogue has what a lesson has; what is missing is named, a line each. */
import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import {
  folderOf,
  type Lesson,
  LESSONS,
  modelOf,
  NUMBERS,
  startsProcesses,
} from "../../lessons/catalogue.ts";

/** Of the comparison, which one command measures and writes. */
const COMPARISON = "lessons/comparison/README.md", TABLES_OF_FIGURES = 3;
const ROOT = new URL("../../", import.meta.url);

/** In each lesson's folder. */
const FILES = ["README.md", "server.ts", "exercise.ts", "hints.md", "quiz.md", "diagram.svg"];

/** What a lesson's server may do. */
const PERMISSIONS = "--allow-net=127.0.0.1,[::1],localhost,0.0.0.0,[::] " +
  "--allow-read=models,lessons/tools,";
/** What is printed is to be typed, and by npx if that is how this was started. */
const TO_SEE_NPX = "--allow-env=npm_lifecycle_event ";
/** A demo runs the server as a program of its own; a server gives this up before it listens. */
const TO_RUN_DENO = `--allow-run="$(deno eval -p 'Deno.execPath()')" `;
const TO_START_PROCESSES =
  "--allow-env=npm_lifecycle_event,DENO_DIR,XDG_CACHE_HOME,HOME,NO_COLOR,NODE_V8_COVERAGE ";

function exists(path: string): boolean {
  try {
    return Deno.statSync(new URL(path, ROOT)).isFile;
  } catch {
    return false;
  }
}

/** A text's lines, with the padding of its tables taken out. */
function linesOf(path: string): string[] {
  const text = Deno.readTextFileSync(new URL(path, ROOT));
  return text.split("\n").map((line) => line.replace(/ {2,}/g, " "));
}

interface Task {
  readonly description: string;
  readonly command: string;
}

/** The task by which the lesson is run. */
function taskOf(lesson: Lesson): Task {
  const folder = folderOf(lesson);
  const more = startsProcesses(lesson) ? TO_START_PROCESSES : TO_SEE_NPX;
  return {
    description: `Run lesson ${lesson.number}: ${lesson.title}`,
    command: `deno run --no-prompt ${PERMISSIONS}${folder}/exercise.ts,${folder}/README.md ` +
      `${TO_RUN_DENO}${more}${folder}/server.ts`,
  };
}

/** The task for the kernel floor, which alone may call C. */
function kernelTaskOf(lesson: Lesson): Task {
  const command = taskOf(lesson).command.replace("--no-prompt ", "--no-prompt --allow-ffi ");
  return {
    description: "The same on the system calls themselves, by way of C",
    command: `${command} --io kernel`,
  };
}

/** How the rows begin that the lesson has in the tables of the texts. */
function rowsOf(lesson: Lesson): [text: string, row: string][] {
  const { number, name, slug, atOnce } = lesson;
  const model = modelOf(lesson);
  const link = `[${model.slice("models/".length, -".ts".length)}](${model})`;
  const title = `${number} ${name[0].toUpperCase()}${name.slice(1)}`;
  return [
    [
      "README.md",
      `| [${title}](${folderOf(lesson)}/) | \`deno task lesson${number}\` | ${link} | ${atOnce} |`,
    ],
    ["lessons/README.md", `| [${number} ${name}](${number}-${slug}/) | `],
    [COMPARISON, `| [${number} ${name}](../${number}-${slug}/) | `],
  ];
}

function missing(lesson: Lesson): string[] {
  const { number } = lesson;
  const files = [
    modelOf(lesson),
    ...FILES.map((name) => `${folderOf(lesson)}/${name}`),
    `tests/lesson${number}_test.ts`,
  ].filter((path) => !exists(path)).map((path) => `no file ${path}`);
  const tasks: Record<string, unknown> = config.tasks;
  const wanted = {
    [`lesson${number}`]: taskOf(lesson),
    [`lesson${number}:kernel`]: kernelTaskOf(lesson),
  };
  for (const [name, task] of Object.entries(wanted)) {
    const text = JSON.stringify(task);
    if (JSON.stringify(tasks[name]) !== text) {
      files.push(`deno.json: the task is to be "${name}": ${text}`);
    }
  }
  const figures = linesOf(COMPARISON).filter((line) =>
    line.startsWith(`| ${number} ${lesson.name} | `)
  );
  if (figures.length < TABLES_OF_FIGURES) {
    files.push(`${COMPARISON}: ${figures.length} rows of figures; deno task compare --page`);
  }
  const rows = rowsOf(lesson).filter(([text, row]) =>
    !linesOf(text).some((line) => line.startsWith(row))
  );
  return [...files, ...rows.map(([text, row]) => `${text}: no row ${row}`)];
}

for (const lesson of LESSONS) {
  Deno.test(`lesson ${lesson.number} has all that a lesson has`, () => {
    const lines = missing(lesson);
    assert(lines.length === 0, lines.join("\n"));
  });
}

Deno.test("what looks like a lesson's has its row in the catalogue", () => {
  const found = [["lessons", /^(\d+)-/], ["models", /^(\d+)_/], [
    "tests",
    /^lesson(\d+)_/,
  ]] as const;
  const strays = found.flatMap(([folder, pattern]) =>
    Array.from(Deno.readDirSync(new URL(`${folder}/`, ROOT)), ({ name }) => `${folder}/${name}`)
      .filter((path) => {
        const number = pattern.exec(path.slice(folder.length + 1))?.[1];
        return number !== undefined && !NUMBERS.includes(Number(number));
      })
  );
  assertEquals(strays, []);
});

Deno.test("the catalogue's names fit the tables, and its numbers go from 1", () => {
  assertEquals(NUMBERS, LESSONS.map((_, i) => i + 1));
  assertEquals(LESSONS.filter(({ name }) => name.length > 22), []);
});
