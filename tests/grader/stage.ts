/**
 * A stranger's file from outside the project is graded from a copy in `lessons/.graded-…/`, so that
 * its `../../models/parts/…` means what it does in a lesson's folder, and so that it finds no other
 * student's files beside it. What is copied is looked at by `checkSubmission()` like any other.
 */
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../lessons/tools/flags.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Files of its own that a module imports, or runs in a Worker. */
const NAMES = /["'`](\.{1,2}\/[^"'`\n]{1,200}\.(?:[cm]?[jt]sx?|json))["'`]/g;
/** More than `checkSubmission()` lets pass: it is to say so. */
const MOST_FILES = 60, MOST_BYTES = 1_100_000;

/** Where a file is graded, and how to clear it away. */
export interface Stage {
  readonly path: string;
  remove(): void;
}

/** Whether a file may stay where it is. */
export function isInProject(path: string): boolean {
  return !relative(ROOT, path).startsWith("..");
}

/**
 * Copies a file and what it names of its own folder.
 *
 * @param folder what counts as its own; undefined: nothing but the file itself.
 * @throws UsageError when the project's folder cannot be written to.
 */
export function stage(file: string, folder: string | undefined): Stage {
  const place = join(ROOT, "lessons", `.graded-${crypto.randomUUID()}`);
  try {
    Deno.mkdirSync(place);
  } catch (error) {
    const why = (error as Error).message.split("\n")[0];
    throw new UsageError(`a file from elsewhere is copied to ${dirname(place)}: ${why}`);
  }
  const base = folder ?? dirname(file);
  const todo = [file];
  const copied = new Set<string>();
  for (let next = todo.pop(); next !== undefined && copied.size < MOST_FILES; next = todo.pop()) {
    if (copied.has(next) || !isOrdinary(next)) continue;
    copied.add(next);
    const target = join(place, relative(base, next));
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.copyFileSync(next, target);
    if (folder !== undefined) todo.push(...namedIn(next, folder));
  }
  return { path: join(place, relative(base, file)), remove: () => removeIfThere(place) };
}

/** The files of the folder that a file names in strings. */
function namedIn(file: string, folder: string): string[] {
  const names = Deno.readTextFileSync(file).matchAll(NAMES);
  const paths = Array.from(names, ([, name]) => resolve(dirname(file), name));
  return paths.filter((path) => path.startsWith(`${folder}/`));
}

/** Not a link, which may lead anywhere, nor a pipe, which may never end. */
function isOrdinary(path: string): boolean {
  try {
    const { isFile, size } = Deno.lstatSync(path);
    return isFile && size <= MOST_BYTES;
  } catch {
    return false;
  }
}

/** Removes a file, or a folder with all that is in it. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
