/** Reads /proc, in which whatever is read may go at any moment. */
/** The text of a file in /proc; empty when what it describes is gone. */
export function text(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (isGone(error)) return "";
    throw error;
  }
}

/** Where a symbolic link in /proc leads; empty when what it describes is gone. */
export function link(path: string): string {
  try {
    return Deno.readLinkSync(path);
  } catch (error) {
    if (isGone(error)) return "";
    throw error;
  }
}

/** The names in a folder of /proc; none when what it describes is gone. */
export function entries(path: string): string[] {
  try {
    return Array.from(Deno.readDirSync(path), ({ name }) => name);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** What another user's process keeps to itself counts as not there. ESRCH comes from a thread that ended between opening the file and reading it. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied ||
    /os error 3\)/.test(String(error));
}
