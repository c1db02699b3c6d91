/**
 * The folder of a submission, and which files in and outside of it are its own. A path that goes
 * through a symbolic link is nobody's: what it leads to may be anywhere, and may change.
 */
import { fileURLToPath } from "node:url";
import { extname, relative } from "node:path";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
/** What a file that can be run is called. */
export const MODULES: readonly string[] = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs"];
const RULE = "only its own files, models/parts, node: modules and @std/ may be imported";

/** What is to be known of a submission's folder. */
export class OwnFolder {
  /** @param path the folder's real path. */
  constructor(readonly path: string) {}

  /** A file's name, for a message. */
  nameOf(url: string): string {
    const path = pathOf(url);
    return path === undefined ? url : relative(this.path, path);
  }

  /** Whether it is one of the parts that models, and submissions, are built of. */
  isPart(url: string): boolean {
    return isInside(pathOf(url), `${ROOT}/models/parts`);
  }

  /** Why a file is not the submission's own, or undefined when it is. It need not exist. */
  whyNot(url: string): string | undefined {
    const path = pathOf(url);
    if (path === undefined) return RULE;
    const inProject = isInside(path, ROOT) ? relative(ROOT, path) : "";
    if (inProject.startsWith("models/")) return "that is the reference itself";
    if (/^lessons\/[^/]+\/server\.ts$/.test(inProject)) return "that runs the reference";
    // A submission in the project's own folder, or above it, does not own the project.
    const aboveProject = ROOT === this.path || isInside(ROOT, this.path);
    const alien = inProject.includes("/") && aboveProject;
    return alien || !isInside(path, this.path) ? RULE : undefined;
  }

  /** Why a file is none that can be run, or undefined when it is. */
  whyNoModule(url: string, mostBytes: number, extensions = MODULES): string | undefined {
    const path = pathOf(url) ?? "";
    const info = lstat(path);
    if (info === undefined) return "does not exist";
    if (info.isSymlink || Deno.realPathSync(path) !== path) return "is a symbolic link";
    if (info.isDirectory) return "is a folder, not a file";
    if (!info.isFile) return "is not a file";
    if (!extensions.includes(extname(path))) return "is not a TypeScript or JavaScript file";
    if (info.size > mostBytes) return `is larger than ${mostBytes} bytes`;
    // Deno's flags take it for the end of a path.
    if (path.includes(",")) return "has a comma in its path";
  }

  /** Whether there is such a file. */
  isFile(url: string): boolean {
    return lstat(pathOf(url) ?? "")?.isFile === true;
  }
}

function isInside(path: string | undefined, folder: string): boolean {
  return path !== undefined && path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Undefined when it is no file, or none of this machine's. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function lstat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch {
    // Whatever it is that is in the way: for a submission there is no such file.
    return undefined;
  }
}
