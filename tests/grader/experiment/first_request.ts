/**
 * What is asked before any claim: does a client that is alone get a reply at all? Where it does not,
 * no claim can hold, and to try them all would say the same thing again and again.
 */
import { served } from "../probes/served_or_held.ts";
import type { Target } from "../server/target.ts";
import { tryClaim } from "./try_claim.ts";
import type { Verdict } from "./verdict.ts";

const FIRST = {
  id: "first request",
  experiment: async (t: Parameters<Parameters<typeof tryClaim>[0]["experiment"]>[0]) => {
    const server = await t.server();
    const client = await t.connect(server, "client 1");
    await served(t, server, client, "client 1 sent PING", "");
    return "PING was answered";
  },
};

/** Who was looked at for so long need not be asked again. */
const LONG_MS = 2000;

/**
 * Asks, and after a quick failure asks once more before anything is concluded.
 *
 * @returns the failure; undefined when there was a reply, or nothing can be told.
 * @throws TargetError when the target cannot be started.
 */
export async function firstRequestFails(target: Target): Promise<Verdict | undefined> {
  let verdict: Verdict | undefined;
  for (let tries = 1; tries <= 2; tries++) {
    verdict = await tryClaim(FIRST, target);
    if (verdict.status !== "fail") return undefined;
    if ((verdict.durationMs ?? 0) > LONG_MS) break;
  }
  return verdict;
}
