/** What goes on beside a thread that is busy, in a server with several event loops. */
import type { Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import { acceptQueue } from "../server/sockets.ts";
import type { RunningServer } from "../server/running_server.ts";
import { Computing } from "./computing.ts";
import { connectServedTwice } from "./served_or_held.ts";
import { counted } from "./thread_count.ts";

const OWN_LOOP =
  "Each thread reads, works and writes for its own connections, on its own event loop.";
const NEVER_WAITS = "The main thread hands a connection over and goes back to accept at once.";

/** While one client's business computes, a client of another thread is answered. */
export async function computesBeside(t: Experiment, threads: number): Promise<void> {
  const server = await t.server({ threads });
  const [client, ...others] = await connectServedTwice(t, server, 3 * threads);
  const computing = await Computing.start(t, server, client);
  const any = Promise.any(others.map((other) => other.ask("PING")));
  const what = `${others.length} clients sent PING while another's FIB was under way`;
  await t.answered(server, any, what, OWN_LOOP);
  computing.check();
}

/** While a thread is busy, new clients are accepted all the same, and served by the others. */
export async function acceptedBeside(t: Experiment, server: RunningServer): Promise<number> {
  const late = await t.connectMany(server, between(t.random, 15, 24), "late client");
  const replies = late.map((client) => client.ask("PING"));
  let came = 0;
  for (const [i, reply] of replies.entries()) {
    reply.then(() => came++, () => {});
    t.holds.asked(late[i], late[i].name, reply);
  }
  await t.answered(
    server,
    Promise.any(replies),
    "clients that came while a thread was busy",
    OWN_LOOP,
  );
  await t.until(server, () => acceptQueue(server.port) === 0);
  const queued = acceptQueue(server.port) ?? 0;
  t.holds.check(t.paceOf(server));
  t.expect(queued === 0, `${counted(queued, "connection")} left in the accept queue`, NEVER_WAITS);
  await t.noMore(server, () => came);
  t.holds.settle();
  return late.length;
}
