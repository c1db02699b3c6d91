/**
 * The graph of imports: no file imports itself by way of others, types counted, and the arrows between
 * the top folders go tests → lessons → models.
 */
import { assert, assertEquals } from "@std/assert";
import { exerciseIn } from "../of_lessons/exercise_state.ts";

const ROOT = new URL("../../", import.meta.url);
/** Each may import from itself and from those behind it. */
const FOLDERS = ["tests", "lessons", "models"];

/** By file, which files it imports; paths from the project's folder. */
type Graph = ReadonlyMap<string, readonly string[]>;

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, ROOT))]
    .flatMap(({ name, isDirectory }) => {
      const path = `${folder}/${name}`;
      if (isDirectory) return filesIn(path);
      return path.endsWith(".ts") ? [path] : [];
    }).sort();
}

/** What a file names in its imports and exports, types too. */
function specifiersIn(path: string, source: string): string[] {
  const specifiers: string[] = [];
  const take = ({ source }: { source: Deno.lint.Node | null }) => {
    if (source?.type === "Literal") specifiers.push(String(source.value));
  };
  const create = () => ({
    ImportDeclaration: take,
    ExportNamedDeclaration: take,
    ExportAllDeclaration: take,
    ImportExpression: take,
  });
  Deno.lint.runPlugin({ name: "imports", rules: { all: { create } } }, path, source);
  return specifiers;
}

function importsOf(path: string): string[] {
  const url = new URL(path, ROOT);
  const specifiers = specifiersIn(path, Deno.readTextFileSync(url));
  return specifiers.filter((specifier) => /^\.{1,2}\/.*\.ts$/.test(specifier))
    .map((specifier) => new URL(specifier, url).href.slice(ROOT.href.length));
}

/** Circles, each once, as `a.ts → b.ts → a.ts`; of circles that share files perhaps one only. */
function circlesIn(graph: Graph): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string) => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push([...way.slice(at), file].join(" → "));
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const imported of graph.get(file) ?? []) visit(imported);
    way.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return circles;
}

/** Imports from a folder in front of the file's own. */
function againstTheArrows(graph: Graph): string[] {
  const place = (path: string) => FOLDERS.indexOf(path.split("/")[0]);
  return [...graph].flatMap(([file, imports]) =>
    imports.filter((imported) => place(imported) < place(file))
      .map((imported) => `${file} → ${imported}`)
  );
}

/** An exercise that a student has begun need not even be TypeScript. */
function isBegun(path: string): boolean {
  return path.endsWith("/exercise.ts") && exerciseIn(path.split("/")[1]).begun;
}

const GRAPH: Graph = new Map(
  FOLDERS.flatMap(filesIn).filter((path) => !isBegun(path)).map((path) => [path, importsOf(path)]),
);

Deno.test("no file imports itself by way of others", () => {
  const circles = circlesIn(GRAPH);
  assert(circles.length === 0, `circles:\n${circles.join("\n")}`);
});

Deno.test("tests import from lessons and models, lessons from models, and never back", () => {
  const wrong = againstTheArrows(GRAPH);
  assert(wrong.length === 0, `against the arrows:\n${wrong.join("\n")}`);
});

Deno.test("an import that is not there would go unseen: each leads to a file", () => {
  const lost = [...GRAPH].flatMap(([file, imports]) =>
    imports.filter((imported) => !GRAPH.has(imported))
      .map((imported) => `${file} → ${imported}`)
  );
  assertEquals(lost, []);
});

Deno.test("the graph has types, exports and literal dynamic imports; texts in strings are none", () => {
  const source = [
    `import a from "./a.ts";`,
    `import type { B } from "./b.ts";`,
    `export type { C } from "./c.ts";`,
    `export * from "./d.ts";`,
    `await import("./e.ts");`,
    `import "./f.ts";`,
    'const text = `import x from "./x.ts"`;',
    `export const one = 1;`,
    `await import(text);`,
  ].join("\n");
  const files = ["a", "b", "c", "d", "e", "f"].map((name) => `./${name}.ts`);
  assertEquals(specifiersIn("some.ts", source).sort(), files);
});

Deno.test("a circle is said in one line, and so is an import against the arrows", () => {
  const graph = new Map([
    ["models/a.ts", ["models/b.ts"]],
    ["models/b.ts", ["models/c.ts", "lessons/d.ts"]],
    ["models/c.ts", ["models/b.ts"]],
    ["lessons/d.ts", ["models/c.ts"]],
    ["models/e.ts", ["models/e.ts"]],
  ]);
  assertEquals(circlesIn(graph), [
    "models/b.ts → models/c.ts → models/b.ts",
    "models/e.ts → models/e.ts",
  ]);
  assertEquals(againstTheArrows(graph), ["models/b.ts → lessons/d.ts"]);
});
