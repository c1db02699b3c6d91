/**
 * Looks at a stranger's file before anything of it runs: whether it is a file that can be graded, and
 * whether all that it imports may be imported. Types are not checked: that is the editor's matter,
 * and Deno runs a file whose types are wrong.
 *
 * What a submission may use: files of its own folder, `models/parts`, what Node and the standard
 * library bring along. Not the models, nor a lesson's server, which is a model; nor anything that is
 * a symbolic link, by which a file elsewhere would look like one of its own. At run time Deno lets it
 * read just the files found here, so what is only named at run time is refused there.
 */
import { pathToFileURL } from "node:url";
import { basename, dirname, resolve } from "node:path";
import { type ModuleGraph, moduleGraph } from "./module_graph.ts";
import { MODULES, OwnFolder } from "./own_folder.ts";
import { plainText } from "./plain_text.ts";
import type { Target } from "./target.ts";

/** A target, or why there is none, in one line. */
export type Checked =
  | { readonly target: Extract<Target, { kind: "file" }> }
  | { readonly refused: string };

/** A module that a Worker may run is named in a string; the static graph does not show it. */
const MODULE_NAMES = /["'`](\.{1,2}\/[^"'`\n]{1,200}\.[cm]?[jt]sx?)["'`]/g;
const MOST_FILES = 50, MOST_BYTES = 1_000_000;
const QUOTED_CHARACTERS = 200;

/** Why a submission is refused. */
class Refused extends Error {}

/**
 * Checks a submission.
 *
 * @param path the file, from the current folder.
 * @returns the target to be graded, or why it is refused: one line, safe to show.
 */
export async function checkSubmission(path: string): Promise<Checked> {
  try {
    const folder = new OwnFolder(realFolder(path));
    const url = pathToFileURL(`${folder.path}/${basename(resolve(path))}`).href;
    const why = folder.whyNoModule(url, MOST_BYTES);
    if (why !== undefined) throw new Refused(`${quoted(path)} ${why}`);
    const foreign = folder.whyNot(url);
    if (foreign !== undefined) throw new Refused(`${quoted(path)} is no submission: ${foreign}`);
    const files = await filesOf(url, folder);
    const reads = files.filter((file) => file !== url);
    return { target: { kind: "file", name: path, url, reads } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: plainText(error.message, 2 * QUOTED_CHARACTERS) };
  }
}

/** The submission's own files: those that it imports, and those that its Workers may run. */
async function filesOf(url: string, folder: OwnFolder): Promise<string[]> {
  const found = new Set<string>();
  const todo = [url];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (found.has(next)) continue;
    const graph = await moduleGraph(next);
    if (graph === undefined) throw new Refused(`${folder.nameOf(next)} cannot be parsed`);
    for (const file of walk(next, graph, folder)) {
      found.add(file);
      todo.push(...namedIn(file, folder));
    }
    if (found.size > MOST_FILES) throw new Refused(`it has more than ${MOST_FILES} files`);
  }
  return [...found];
}

/** The submission's own files in the graph. */
function walk(root: string, graph: ModuleGraph, folder: OwnFolder): Set<string> {
  const own = new Set([root]);
  for (const url of own) {
    const name = quoted(folder.nameOf(url));
    const { error, imports = [] } = graph.get(url) ?? {};
    // Before all else where things come from: an error message would quote another's file.
    for (const { written, url: imported } of imports) {
      if (imported !== undefined && isPublic(written, imported, folder)) continue;
      const why = imported === undefined ? "there is no such module" : folder.whyNot(imported);
      if (why !== undefined) throw new Refused(`${name} imports ${quoted(written)}: ${why}`);
      own.add(imported ?? "");
    }
    const why = folder.whyNoModule(url, MOST_BYTES, [...MODULES, ".json"]);
    if (why !== undefined) throw new Refused(`${name} ${why}`);
    if (error !== undefined) throw new Refused(`${name} does not parse: ${firstLine(error)}`);
  }
  return own;
}

/** Whether everybody may import it. */
function isPublic(written: string, url: string, folder: OwnFolder): boolean {
  return url.startsWith("node:") || folder.isPart(url) ||
    url.startsWith("npm:") && written.startsWith("@std/");
}

/** The files of its own that a module names in strings. */
function namedIn(url: string, folder: OwnFolder): string[] {
  const text = Deno.readTextFileSync(new URL(url));
  const named = Array.from(text.matchAll(MODULE_NAMES), ([, name]) => new URL(name, url).href);
  return named.filter((file) => folder.whyNot(file) === undefined && folder.isFile(file));
}

/** The real path of the folder that the file is in. */
function realFolder(path: string): string {
  try {
    return Deno.realPathSync(dirname(resolve(path)));
  } catch {
    throw new Refused(`${quoted(path)} does not exist`);
  }
}

function quoted(text: string): string {
  return plainText(text, QUOTED_CHARACTERS);
}

/** Deno's message, with the place and without the picture of it. */
function firstLine(message: string): string {
  const place = /:(\d+):\d+$/.exec(message.trim())?.[1];
  const [line] = message.split("\n");
  return place === undefined ? line : `${line} (line ${place})`;
}
