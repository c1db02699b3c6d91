/**
 * Files that are written such that a reader sees the old one or the new one, and never a part: the new
 * one is written beside the old one, in the same folder, and then renamed onto it.
 */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file beside the one that is changed is the lock: one that is older was left by a dead program. */
const DEAD_MS = 5000;
const WAIT_MS = 15_000;
const RETRY_MS = 15;

/**
 * Makes a file, or makes it anew.
 *
 * @param write writes it under the name that it gets. When it throws, the file stays as it was.
 */
export async function replaceFile(
  path: string,
  write: (beside: string) => Promise<void>,
  beside = besideOf(path),
): Promise<void> {
  try {
    await write(beside);
    await Deno.rename(beside, path);
  } catch (error) {
    await removeIfThere(beside);
    throw error;
  }
}

/** Where `replaceFile` has a file written before it is renamed; its extension tells programs what it is. */
export function besideOf(path: string): string {
  return join(dirname(path), `.${Deno.pid}.${basename(path)}`);
}

/**
 * Changes a small file that several programs change at the same time: no change is lost. The file
 * beside it, which can be created by one program only, is also the lock (git does the same).
 *
 * @param change gets the file's text, "" when there is no file yet, and returns the new one. When it
 *   throws, the file stays as it is.
 */
export async function changeFile(file: URL, change: (text: string) => string): Promise<void> {
  const path = fileURLToPath(file);
  const beside = `${path}.new`;
  await createAlone(beside);
  const write = async () => await Deno.writeTextFile(beside, change(await readOrEmpty(file)));
  await replaceFile(path, write, beside);
}

/** The file's text; "" when there is none. */
export async function readOrEmpty(file: URL): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

async function createAlone(path: string): Promise<void> {
  for (const endMs = Date.now() + WAIT_MS;;) {
    try {
      return (await Deno.open(path, { write: true, createNew: true })).close();
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists) || Date.now() > endMs) throw error;
    }
    const ageMs = Date.now() - await writtenAtMs(path);
    if (ageMs > DEAD_MS) await removeIfThere(path);
    else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** When the file was written last; now, when it is gone already. */
async function writtenAtMs(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.mtime?.getTime() ?? Date.now();
}

async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
