/**
 * Changes a small file that several programs change at the same time: whoever reads it sees it whole,
 * before or after, and no change is lost.
 *
 * The new text is written beside the file and then renamed onto it. The file beside it, which can be
 * created by one program only, is also the lock (git does the same). One that is older than any write
 * takes was left by a program that died, and is removed.
 */
const DEAD_MS = 5000;
const WAIT_MS = 15_000;
const RETRY_MS = 15;

/**
 * @param change gets the file's text, "" when there is no file yet, and returns the new one. When it
 *   throws, the file stays as it is.
 */
export async function replaceFile(file: URL, change: (text: string) => string): Promise<void> {
  const beside = new URL(`${file.href}.new`);
  const handle = await createAlone(beside);
  try {
    try {
      await writeWhole(handle, change(await readOrEmpty(file)));
    } finally {
      handle.close();
    }
    await Deno.rename(beside, file);
  } catch (error) {
    await removeIfThere(beside);
    throw error;
  }
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

async function createAlone(file: URL): Promise<Deno.FsFile> {
  for (const endMs = Date.now() + WAIT_MS;;) {
    try {
      return await Deno.open(file, { write: true, createNew: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists) || Date.now() > endMs) throw error;
    }
    const ageMs = Date.now() - await writtenAtMs(file);
    if (ageMs > DEAD_MS) await removeIfThere(file);
    else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** When the file was written last; now, when it is gone already. */
async function writtenAtMs(file: URL): Promise<number> {
  const info = await Deno.stat(file).catch(() => undefined);
  return info?.mtime?.getTime() ?? Date.now();
}

async function removeIfThere(file: URL): Promise<void> {
  await Deno.remove(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

async function writeWhole(handle: Deno.FsFile, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) {
    written += await handle.write(bytes.subarray(written));
  }
}
