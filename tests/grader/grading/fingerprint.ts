/** Tells whether files are the same as at an earlier time: a hash over their names and bytes. */
import { createHash, type Hash } from "node:crypto";
import { join } from "node:path";

/** Bigger than any submission: what is in a file beyond that is not looked at. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * @param paths files, and folders with all that is in them.
 * @param more whatever else makes a difference, such as a version.
 */
export function fingerprint(paths: readonly string[], more: readonly string[] = []): string {
  const hash = createHash("sha256");
  for (const text of more) hash.update(`${text}\0`);
  for (const path of paths) add(hash, path, "");
  return hash.digest("hex");
}

/** Links are not followed: they may lead anywhere. */
function add(hash: Hash, path: string, name: string): void {
  const { isDirectory, isFile, size } = infoOf(path);
  if (isDirectory) {
    const names = Array.from(Deno.readDirSync(path), (entry) => entry.name).sort();
    for (const one of names) add(hash, join(path, one), `${name}/${one}`);
  } else if (isFile) {
    hash.update(`${name}\0${size}\0`);
    if (size <= MOST_BYTES) hash.update(Deno.readFileSync(path));
  }
}

/** A name that is not UTF-8 is not the one that the file has: there is nothing under it. */
function infoOf(path: string): Pick<Deno.FileInfo, "isDirectory" | "isFile" | "size"> {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { isDirectory: false, isFile: false, size: 0 };
  }
}
