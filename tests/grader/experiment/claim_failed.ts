/** How an experiment ends without a pass, and what a lost connection or server tells a student. */
import type { ConnectionLost } from "../clients/client.ts";
import { untilQuiet } from "../server/at_rest.ts";
import type { RunningServer } from "../server/running_server.ts";

/** The hint when the server has closed a connection that its client still uses. */
export const CLOSES =
  "A connection is served until its client sends no more, or says QUIT: is the next request read " +
  "after each reply, and closed only when no more will come?";
const ENDS = "An error that nobody catches, or a loop that comes to its end, ends the process.";
const GROWS = "Something grows without a bound{: is an `await` missing?|.}";

/** The claim does not hold; the message says what was seen instead. */
export class ClaimFailed extends Error {
  override name = "ClaimFailed";
  /** @param hint what the likely cause is, and what to do about it. */
  constructor(message: string, readonly hint: string) {
    super(message);
  }
}

/** The experiment cannot tell; the message says why. */
export class Inconclusive extends Error {
  override name = "Inconclusive";
}

/** A connection is lost when the server closes it; or when its process ends, which shows later. */
export async function connectionLost(
  server: RunningServer,
  what: string,
  { message }: ConnectionLost,
  hint: string,
): Promise<ClaimFailed> {
  if (await untilQuiet(server, () => false) === "ended") return await serverEnded(server, what);
  return new ClaimFailed(`${what}: ${message}`, `${CLOSES} ${hint}`.trimEnd());
}

/** The server's process has ended. */
export async function serverEnded(server: RunningServer, what?: string): Promise<ClaimFailed> {
  // Only then it has said all that it had to say.
  await server.stop();
  const seen = `the server has ended; ${server.lastWords}`;
  return new ClaimFailed(
    what === undefined ? seen : `${what}: ${seen}`,
    server.overLimits ? GROWS : ENDS,
  );
}
