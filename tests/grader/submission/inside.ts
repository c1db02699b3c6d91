/**
 * Reads files of a stranger's folder, and nothing else, whatever links lie in it and however it is
 * changed meanwhile. What is checked is not the path but the file that is open: the kernel is asked
 * where that lies. Whoever exchanges a folder for a link at the right moment gets another file opened,
 * and it is closed unread.
 *
 * Linux only, as grading is: elsewhere there is no `/proc/self/fd`.
 */
import fs from "node:fs";

const { O_RDONLY, O_NONBLOCK } = fs.constants;
const OUTSIDE = "is a symbolic link that leads out of the submission's folder";
const CHUNK_BYTES = 64 * 1024;

/** Why a file is not read. */
export type Unread =
  | `is larger than ${number} bytes`
  | "is a symbolic link that leads out of the submission's folder"
  | "is a folder, not a file"
  | "is not a file"
  | "does not exist"
  | "cannot be read";

/**
 * Reads an ordinary file that really lies in the folder.
 *
 * @param root the folder's real path: no part of it is a link. Or that of the one file that may be read.
 * @param path the file's path, which begins with the folder's.
 * @param mostBytes a larger file is not read.
 * @returns its bytes, or why there are none.
 */
export function readInside(root: string, path: string, mostBytes: number): Uint8Array | Unread {
  let fd: number;
  try {
    // Somebody else's file is not even opened, unless it is exchanged in this very moment.
    if (!isInside(root, Deno.realPathSync(path))) return OUTSIDE;
    // A named pipe is opened too, and does not block.
    fd = fs.openSync(path, O_RDONLY | O_NONBLOCK);
  } catch (error) {
    return whyNotOpened(error);
  }
  try {
    const info = fs.fstatSync(fd);
    if (!isInside(root, Deno.readLinkSync(`/proc/self/fd/${fd}`))) return OUTSIDE;
    if (info.isDirectory()) return "is a folder, not a file";
    if (!info.isFile()) return "is not a file";
    return readAtMost(fd, mostBytes) ?? `is larger than ${mostBytes} bytes`;
  } catch (error) {
    return whyNotOpened(error);
  } finally {
    fs.closeSync(fd);
  }
}

/** Undefined when there is more; what the file's size was said to be decides nothing. */
function readAtMost(fd: number, mostBytes: number): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  for (let total = 0;;) {
    const chunk = new Uint8Array(CHUNK_BYTES);
    const count = fs.readSync(fd, chunk);
    if (count === 0) break;
    total += count;
    if (total > mostBytes) return undefined;
    chunks.push(chunk.subarray(0, count));
  }
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  chunks.reduce((at, chunk) => (whole.set(chunk, at), at + chunk.length), 0);
  return whole;
}

/** Whether a real path is this one, or lies in it. */
export function isInside(root: string, realPath: string): boolean {
  return realPath === root || realPath.startsWith(root.endsWith("/") ? root : `${root}/`);
}

function whyNotOpened(error: unknown): Unread {
  const { code } = error as { code?: string };
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP"
    ? "does not exist"
    : "cannot be read";
}
