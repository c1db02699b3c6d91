/** The end of a program that the lab has started. */

/** Sends a signal; a program that has ended by itself takes none, and needs none. */
export function signalTo(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/**
 * Asks a program to end, and kills it when it does not.
 *
 * @param ended settles when it has ended.
 * @param graceMs so long it has for that, in ms.
 */
export async function endChild(
  child: Deno.ChildProcess,
  ended: Promise<unknown>,
  graceMs: number,
): Promise<void> {
  signalTo(child, "SIGTERM");
  const deadline = setTimeout(() => signalTo(child, "SIGKILL"), graceMs);
  await ended;
  clearTimeout(deadline);
}
