/** Waits for files to be saved. */
import { basename, dirname } from "node:path";

/** An editor's save is several changes; after so long without one it is over. */
const SETTLE_MS = 150;

/**
 * Watches files, and the other modules in their folders, since a file may import them. The folders
 * are watched and not the files, because many editors replace a file when they save it.
 */
export class FileWatch {
  readonly #watcher: Deno.FsWatcher;
  #changed = Promise.withResolvers<string>();

  /** @throws Deno.errors.NotFound when a folder is not there. */
  constructor(files: readonly string[]) {
    const folders = new Set(files.map((path) => dirname(path)));
    this.#watcher = Deno.watchFs([...folders], { recursive: false });
    this.#watch();
  }

  async #watch(): Promise<void> {
    for await (const { kind, paths } of this.#watcher) {
      const path = paths.find((one) => /\.m?[jt]s$/.test(one));
      if (kind !== "access" && path !== undefined) this.#changed.resolve(basename(path));
    }
  }

  /** The name of a file that was saved since the last call. */
  async saved(): Promise<string> {
    const name = await this.#changed.promise;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    this.#changed = Promise.withResolvers<string>();
    return name;
  }
}
