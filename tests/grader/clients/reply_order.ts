/** Replies that are not as they have to be: whether they are wrong, or all there in another order. */
import type { Client } from "./client.ts";
import { shown } from "./client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunningServer } from "../server/running_server.ts";

const OVERTAKEN =
  "A later request was answered before an earlier one of the same connection: answer " +
  "them one by one, or keep the replies until it is their turn.";

/**
 * Takes what else comes, when one reply was not the one that was due.
 *
 * @param came the replies so far, the wrong one last.
 * @returns what is seen, and a hint, when the replies are all there and out of order; else undefined.
 */
export async function outOfOrder(
  t: Experiment,
  server: RunningServer,
  client: Client,
  came: readonly string[],
  wanted: readonly string[],
): Promise<{ seen: string; hint: string } | undefined> {
  const all = [...came];
  // One that nobody waited for is no longer one of these.
  if (!wanted.includes(all[all.length - 1])) return undefined;
  while (all.length < wanted.length) {
    const fate = await t.fateFor(server, client.reply(), `the rest for the ${client.name}`, "");
    if (fate.kind === "held") return undefined;
    all.push(fate.value);
  }
  if (all.toSorted().join("\n") !== wanted.toSorted().join("\n")) return undefined;
  const order = all.map((reply) => wanted.indexOf(reply) + 1).join(", ");
  const seen =
    `all ${wanted.length} replies to the ${client.name} are there, but in the order ${order}`;
  return { seen: `${seen}: first ${shown(all[0])}`, hint: OVERTAKEN };
}
