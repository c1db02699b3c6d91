/** What several claims ask of a server: who is served, and who is held up. */
import { type Client, shown } from "./client.ts";
import type { Experiment } from "./experiment.ts";
import type { RunningServer } from "./target.ts";
import { between } from "./random.ts";

/** Longer than any experiment: the server is ended long before. */
export const FOR_GOOD_MS = "60000";
/** The Fibonacci numbers that probes ask for: little work, and values not to be had by chance. */
const FIRST_FIB = 12, FIBS = [144, 233, 377, 610, 987, 1597, 2584, 4181, 6765];

const SERVE_ALL = "Every connected client is to be served, whatever the others do.";

/** Lets a client's request block for as long as the experiment takes. */
export async function blockBusiness(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  await client.send("SLEEP", FOR_GOOD_MS);
  await t.held(
    server,
    client.reply(),
    `${client.name} asked for SLEEP ${FOR_GOOD_MS}`,
    "SLEEP has to block for so many milliseconds before it replies.",
  );
}

/**
 * Asks for a little business, and returns what becomes of it: "answered" or "held". Asked again, it is
 * the same question: a server that remembers the answer, and does not do the work, gives itself away.
 */
export async function probe(
  t: Experiment,
  server: RunningServer,
  client: Client,
  question = between(t.random, 0, FIBS.length - 1),
): Promise<"answered" | "held"> {
  const n = FIRST_FIB + question;
  const asks = `${client.name} asked for FIB ${n}`;
  const fate = await t.fateFor(server, client.ask("FIB", `${n}`), asks, SERVE_ALL);
  if (fate.kind === "held") {
    t.recordHeld(fate);
    return "held";
  }
  t.expect(
    fate.value === `:${FIBS[question]}`,
    `FIB ${n} was answered with ${fate.value}`,
    `The right reply is :${FIBS[question]}.`,
  );
  return "answered";
}

/**
 * How many requests the server works on at once: clients whose request blocks are added one by one,
 * until the request of one more is held up.
 *
 * @returns the number; Infinity when with `most` of them one more is still answered.
 */
export async function businessConcurrency(
  t: Experiment,
  server: RunningServer,
  most: number,
): Promise<number> {
  const other = await t.connect(server, "one more client");
  const question = between(t.random, 0, FIBS.length - 1);
  // A server that serves nobody, or nobody twice, would look like one that is busy.
  await served(t, server, other);
  await servedAgain(t, server, other);
  for (let sleeping = 0; sleeping < most; sleeping++) {
    if (await probe(t, server, other, question) === "held") {
      t.expect(sleeping > 0, "FIB was not answered, with no request under way", SERVE_ALL);
      return sleeping;
    }
    const sleeper = await t.connect(server, `sleeper ${sleeping + 1}`);
    // A client that is not served at all would look like one whose request is under way.
    await served(t, server, sleeper);
    await blockBusiness(t, server, sleeper);
  }
  return await probe(t, server, other, question) === "held" ? most : Infinity;
}

/** The client sends PING, and gets its PONG. */
export async function served(
  t: Experiment,
  server: RunningServer,
  client: Client,
  what = `${client.name} sent PING`,
  hint = SERVE_ALL,
): Promise<void> {
  const reply = await t.answered(server, client.ask("PING"), what, hint);
  t.expect(reply === "+PONG", `${what}: it got ${shown(reply)}`, "The reply to PING is PONG.");
  // Who floods its clients has answered none of them.
  t.expect(client.unasked === 0, `${what}: it got replies without end`, "One request, one reply.");
}

/** Connects clients that each get one reply, so that whatever a client costs is there. */
export async function connectServed(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<Client[]> {
  const clients = await t.connectMany(server, count);
  for (const client of clients) {
    await served(t, server, client);
  }
  await t.quiet(server);
  return clients;
}

/**
 * The same, each served twice: a connection that is answered once and then forgotten would look like
 * one that is held up.
 */
export async function connectServedTwice(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<Client[]> {
  const clients = await connectServed(t, server, count);
  for (const client of clients) await servedAgain(t, server, client);
  await t.quiet(server);
  return clients;
}

/** A second reply, to a client that was served before. */
async function servedAgain(t: Experiment, server: RunningServer, client: Client): Promise<void> {
  await served(t, server, client, `${client.name} sent another PING`);
}
