/**
 * What a server does that is asked to end. Only a file is asked, whose `shutdown()` is called by the
 * grader's own program: in another language a server that dies of the signal at once is as right, and
 * nobody can know which of its processes would have to get it.
 */
import { shown } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import { untilQuiet } from "../server/at_rest.ts";
import type { RunningServer } from "../server/running_server.ts";

const STAYS =
  "A client that stays would keep the server for ever: what `stop` does is to tell each connection " +
  "to finish.";
const GOES_ON =
  "All connections are closed, and something still runs: is each thread ended and waited for, and " +
  "does each loop end when no more will come?";

/** A client has a request under way, and stays; the server is asked to end. */
export async function endsWhenAsked(t: Experiment, server: RunningServer): Promise<void> {
  const { target } = server;
  // Of several processes in a box the signal ends the box.
  if (target.kind !== "file" || target.processes !== undefined) return;
  const client = await t.connect(server, "staying client");
  const ms = between(t.random, 300, 900);
  const reply = client.ask("SLEEP", `${ms}`);
  await t.fateFor(server, reply, "a request under way", STAYS);
  t.record("grader", "asks the server to end: SIGTERM");
  Deno.kill(server.pid, "SIGTERM");
  let came = "+OK", closed = false;
  reply.then((text) => came = text).then(() => client.reply()).catch(() => {})
    .finally(() => closed = true);
  // As long as the request blocks, the server is at rest and not at its end.
  await untilQuiet(server, () => closed || !server.running, () => true, ms);
  await t.until(server, () => closed || !server.running);
  t.expect(came === "+OK", `the request under way was answered with ${shown(came)}`, STAYS);
  t.expect(closed || !server.running, "its client stays, and the server waits for it", STAYS);
  const ended = await t.until(server, () => !server.running);
  t.expect(ended, "the last connection is closed, and the process does not end", GOES_ON);
  t.record("server", "has ended");
}
