/** A submission's copy, and which modules are its own: those that lie in it. */
import { fileURLToPath } from "node:url";
import { relative } from "node:path";
import { isInside } from "./inside.ts";

const COURSE = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");
/** What a file that can be run is called. */
export const MODULES: readonly string[] = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs"];
const RULE =
  "only its own files, models/parts (from where exercise.ts lies: ../../models/parts/), " +
  "node: modules and @std/ may be imported";

/** What is to be known of a copy. */
export class OwnFolder {
  /**
   * @param path the folder's real path.
   * @param top what stands for the course's folder, seen from there.
   */
  constructor(readonly path: string, readonly top: string) {}

  /** A file's name, for a message. */
  nameOf(url: string): string {
    const path = pathOf(url);
    return path === undefined ? url : relative(this.path, path);
  }

  /** Why a module is not the submission's own, or undefined when it is. It need not exist. */
  whyNot(url: string): string | undefined {
    const path = pathOf(url);
    if (path === undefined) return RULE;
    if (isInside(this.path, path)) return undefined;
    const top = [this.top, COURSE].find((folder) => isInside(folder, path));
    const inCourse = top === undefined ? "" : relative(top, path);
    if (inCourse.startsWith("models/")) return "that is the reference itself";
    return /^lessons\/[^/]+\/server\.ts$/.test(inCourse) ? "that runs the reference" : RULE;
  }

  /** Whether there is such a file. */
  has(url: string): boolean {
    try {
      return Deno.statSync(pathOf(url) ?? "").isFile;
    } catch {
      return false;
    }
  }
}

/** Undefined when it is no file, or none of this machine's. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
