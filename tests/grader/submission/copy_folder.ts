/**
 * A copy of a stranger's folder: ordinary files that really lie in it, so many and so large at most.
 * In the copy there are no links, no pipes, and nothing of anybody else's.
 */
import { dirname, join } from "node:path";
import { isInside, readInside } from "./inside.ts";

/** How much of a folder is copied. */
export interface Bounds {
  readonly files: number;
  /** Of one file, and of all together. */
  readonly fileBytes: number;
  readonly bytes: number;
  /** Names that are looked at, in folders so deep below the first. */
  readonly entries: number;
  readonly depth: number;
}

/** Far more than an exercise needs. */
export const USUAL_BOUNDS: Bounds = {
  files: 200,
  fileBytes: 1_000_000,
  bytes: 8_000_000,
  entries: 5_000,
  depth: 6,
};

/** What tools leave in a folder, and what is fetched from elsewhere. */
export const PASSED_OVER = /^(\..*|node_modules|__MACOSX)$/;

/** What was not copied, and why: by its path from the folder, `lib` or `lib/loop.ts`. */
export type Left = ReadonlyMap<string, string>;

/** What is copied. */
export interface Source {
  /** The real path of the folder. */
  readonly folder: string;
  /** Paths, from the folder, that are copied before all others. */
  readonly first?: readonly string[];
  /** Nothing else is copied. */
  readonly onlyFirst?: boolean;
  /** The real path of what all must lie in, a folder or a file. Default: the folder. */
  readonly own?: string;
  readonly bounds?: Bounds;
}

/**
 * Copies a folder, those files first that lie nearest to its top.
 *
 * @param to a folder that is there, and empty.
 * @returns what was left out, with the reason.
 */
export function copyFolder(source: Source, to: string): Left {
  const { folder, first = [], onlyFirst = false, own = folder, bounds = USUAL_BOUNDS } = source;
  const copying = new Copying(folder, to, bounds, own);
  for (const name of first) copying.file(name);
  if (!onlyFirst) copying.folders();
  return copying.left;
}

/** One copying under way. */
class Copying {
  readonly left = new Map<string, string>();
  readonly #done = new Set<string>();
  #files = 0;
  #bytes = 0;
  #entries = 0;

  constructor(
    readonly root: string,
    readonly to: string,
    readonly bounds: Bounds,
    readonly own: string,
  ) {}

  folders(): void {
    let level = [""];
    for (let depth = 0; depth <= this.bounds.depth && level.length > 0; depth++) {
      level = level.flatMap((folder) => this.#folder(folder));
    }
    for (const folder of level) this.left.set(folder, "lies too deep");
  }

  /** Copies the files of a folder. @returns the folders in it. */
  #folder(folder: string): string[] {
    const below: string[] = [];
    for (const entry of this.#entriesOf(folder)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (this.#isFolder(path, entry)) below.push(path);
      else this.file(path);
    }
    return below;
  }

  /** A link to a folder of its own is as good as one. */
  #isFolder(path: string, { isDirectory, isSymlink }: Deno.DirEntry): boolean {
    if (!isSymlink) return isDirectory;
    try {
      const real = Deno.realPathSync(join(this.root, path));
      return isInside(this.own, real) && Deno.statSync(real).isDirectory;
    } catch {
      return false;
    }
  }

  #entriesOf(folder: string): Deno.DirEntry[] {
    const entries: Deno.DirEntry[] = [];
    try {
      for (const entry of Deno.readDirSync(join(this.root, folder))) {
        if (PASSED_OVER.test(entry.name)) continue;
        if (++this.#entries > this.bounds.entries) {
          this.left.set(folder, `is one of more than ${this.bounds.entries} files and folders`);
          break;
        }
        entries.push(entry);
      }
    } catch (error) {
      this.left.set(folder, `cannot be read: ${(error as Error).message.split("\n")[0]}`);
    }
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  }

  file(path: string): void {
    if (this.#done.has(path)) return;
    this.#done.add(path);
    const { files, bytes, fileBytes } = this.bounds;
    if (this.#files >= files) return void this.left.set(path, `is one of more than ${files} files`);
    const content = readInside(this.own, join(this.root, path), fileBytes);
    if (typeof content === "string") return void this.left.set(path, content);
    this.#bytes += content.length;
    if (this.#bytes > bytes) {
      return void this.left.set(path, `is one of files with more than ${bytes} bytes`);
    }
    this.#files++;
    const target = join(this.to, path);
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.writeFileSync(target, content);
  }
}

/** Why a file is not in the copy: for its own sake, or that of a folder on the way to it. */
export function whyLeft(left: Left, path: string): { path: string; why: string } | undefined {
  const parts = path.split("/");
  for (let count = parts.length; count > 0; count--) {
    const upTo = parts.slice(0, count).join("/");
    const why = left.get(upTo);
    if (why !== undefined) return { path: upTo, why };
  }
}
