/** What a submission imports, looked at before anything of it runs: so that the reason is told. */
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Left, whyLeft } from "./copy_folder.ts";
import { type ModuleGraph, moduleGraph } from "./module_graph.ts";
import { MODULES, OwnFolder } from "./own_folder.ts";
import { quoted, Refused } from "./refused.ts";

const PARTS = new URL("../../../models/parts/", import.meta.url).href;
/** They are in the graph, and may have the name of a file that lies beside: `parts/server.ts`. */
const STATIC_IMPORTS = /\b(from|import)\s*(["'])[^"'\n]*\2/g;

/** A copy that is looked at. */
export class ImportsCheck {
  /**
   * @param config the deno.json by which its imports are found.
   * @param left what was not copied.
   */
  constructor(readonly folder: OwnFolder, readonly config: string, readonly left: Left) {}

  /**
   * Looks at a file and at all that it may run.
   *
   * @returns the file's URL.
   * @throws Refused when something is imported that is not the submission's.
   */
  async check(name: string): Promise<string> {
    const entry = pathToFileURL(join(this.folder.path, name)).href;
    const modules = modulesIn(this.folder.path).map((path) => pathToFileURL(path).href);
    const graph = await this.#graphOf(modules) ?? await this.#graphOf([entry]);
    if (graph === undefined) throw new Refused(`${name} cannot be parsed`);
    const found = new Set<string>();
    const todo = [entry];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (found.has(next)) continue;
      for (const file of this.#walk(next, graph)) {
        found.add(file);
        const text = Deno.readTextFileSync(new URL(file)).replace(STATIC_IMPORTS, "");
        // What a thread may run is named in some string, however it is spelled.
        todo.push(...modules.filter((module) => text.includes(basename(fileURLToPath(module)))));
      }
    }
    return entry;
  }

  /** One graph of several files, by way of a module that imports them all. */
  async #graphOf(urls: readonly string[]): Promise<ModuleGraph | undefined> {
    const all = join(dirname(this.config), "all.js");
    Deno.writeTextFileSync(all, urls.map((url) => `import ${JSON.stringify(url)};\n`).join(""));
    return await moduleGraph(pathToFileURL(all).href, this.config);
  }

  /** The submission's own files that are imported from one of them. */
  #walk(root: string, graph: ModuleGraph): Set<string> {
    const own = new Set([root]);
    for (const url of own) {
      const name = quoted(this.folder.nameOf(url));
      const { error, imports = [] } = graph.get(url) ?? {};
      // Before all else where things come from: an error message would quote another's file.
      for (const { written, url: imported } of imports) {
        if (imported !== undefined && isPublic(written, imported)) continue;
        const why = imported === undefined ? "there is no such module" : this.#whyNot(imported);
        if (why !== undefined) throw new Refused(`${name} imports ${quoted(written)}: ${why}`);
        own.add(imported ?? "");
      }
      if (error !== undefined) throw new Refused(`${name} does not parse: ${firstLine(error)}`);
    }
    return own;
  }

  /** Why a module may not be imported; undefined when it is one of the submission's files. */
  #whyNot(url: string): string | undefined {
    const foreign = this.folder.whyNot(url);
    if (foreign !== undefined || this.folder.has(url)) return foreign;
    const left = whyLeft(this.left, this.folder.nameOf(url));
    return left === undefined ? "there is no such file" : `${quoted(left.path)} ${left.why}`;
  }
}

/** Whether everybody may import it. */
function isPublic(written: string, url: string): boolean {
  return url.startsWith("node:") || url.startsWith(PARTS) ||
    url.startsWith("npm:") && written.startsWith("@std/");
}

/** The paths of all files below a folder that can be run. */
function modulesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return modulesIn(path);
    return MODULES.some((ending) => name.endsWith(ending)) ? [path] : [];
  });
}

/** Deno's message, with the place and without the picture of it. */
function firstLine(message: string): string {
  const place = /:(\d+):\d+$/.exec(message.trim())?.[1];
  const [line] = message.split("\n");
  return place === undefined ? line : `${line} (line ${place})`;
}
