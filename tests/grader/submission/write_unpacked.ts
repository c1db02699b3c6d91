/** Writes what comes out of an archive: under plain names, and within bounds. */
import { dirname, join } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";
import type { Bounds } from "./copy_folder.ts";

/** ENOENT, EEXIST, ENOTDIR, EISDIR, ENAMETOOLONG: an empty name, a long one, `a` and `a/b` together. */
const NO_NAME = /\(os error (2|17|20|21|36)\)/;

/** An archive that is not unpacked; the message says why. */
export class UnpackError extends Error {
  override name = "UnpackError";
}

/** Writes files, and counts all that it is told of. */
export class Writer {
  files = 0;
  #entries = 0;
  #bytes = 0;

  constructor(readonly to: string, readonly bounds: Bounds) {}

  /** To be called for each name. @throws UnpackError when it is not a plain one, or one too many. */
  entry(name: string): void {
    if (++this.#entries > this.bounds.entries) {
      throw new UnpackError(`holds more than ${this.bounds.entries} files and folders`);
    }
    const parts = name.split(/[\\/]/);
    if (/^([\\/]|[a-z]:)/i.test(name) || parts.includes("..") || name.includes("\0")) {
      throw new UnpackError("holds a path that leads out of it");
    }
  }

  /** To be called for each piece. @throws UnpackError when it is too much. */
  count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.bounds.bytes) {
      throw new UnpackError(`holds more than ${this.bounds.bytes} bytes`);
    }
  }

  write(name: string, pieces: readonly Uint8Array[]): void {
    if (++this.files > this.bounds.files) {
      throw new UnpackError(`holds more than ${this.bounds.files} files`);
    }
    try {
      writeFile(join(this.to, name.replaceAll("\\", "/")), pieces);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (NO_NAME.test(error.message)) throw new UnpackError("holds a name that no file can have");
      throw new UsageError(`nothing can be unpacked to ${this.to}: ${error.message}`);
    }
  }
}

function writeFile(path: string, pieces: readonly Uint8Array[]): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;) at += file.writeSync(piece.subarray(at));
    }
  } finally {
    file.close();
  }
}
