/** Requests that block, what they hold up, and what becomes of it when they are over. */
import type { Client } from "../clients/client.ts";
import { shown } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { type Block, endOf, onTime } from "../experiment/holds.ts";
import { between } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";

const BLOCKS = "SLEEP has to block for so many milliseconds before it replies.";
const LET_GO = "What waits has to be served when what it waits for is over.";
/** Longer than any experiment, in ms. */
const LONG_MS = 45_000;
/** After a request that blocks should be over. */
const LATE_MS = 12_000;

/** Lets a client's request block until the experiment is over, or nearly so. */
export async function blockBusiness(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<Block> {
  const [block] = await blockAll(t, server, [client]);
  return block;
}

/** Lets the requests of several clients block at the same time. */
export async function blockAll(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const client of clients) {
    const ms = t.holds.nextMs(t.paceOf(server));
    const sentMs = performance.now();
    const sent = client.send("SLEEP", `${ms}`);
    blocks.push(t.holds.block(client, ms, sentMs, sent.then(() => client.reply())));
    await sent;
  }
  const first = Promise.race(blocks.map(({ reply }) => reply));
  const names = clients.map(({ name }) => name).join(", ");
  const fate = await t.fateFor(server, first, `${names} asked for SLEEP`, BLOCKS);
  t.holds.check(t.paceOf(server));
  if (fate.kind === "came") throw new ClaimFailed(`SLEEP was answered with ${fate.value}`, BLOCKS);
  t.recordHeld(fate);
  return blocks;
}

/** Lets a client's request block longer than any experiment; what becomes of it is not looked at. */
export async function keepBusy(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  await client.send("SLEEP", `${between(t.random, LONG_MS, 60_000)}`);
  await t.held(server, client.reply(), `${client.name} asked for SLEEP`, BLOCKS);
}

/**
 * Waits until the requests that block are over, and what they held up is answered.
 *
 * @throws ClaimFailed when that was answered earlier, or is not answered then.
 */
export async function letGo(t: Experiment, server: RunningServer): Promise<void> {
  t.holds.check(t.paceOf(server));
  t.record("clients", "wait until SLEEP is over, and what it held up is answered");
  for (const block of t.holds.blocks) {
    const { client, ms, reply } = block;
    const leftMs = Math.max(0, endOf(block) - performance.now());
    const text = await t.comes(server, reply, `${client.name}'s SLEEP ${ms}`, leftMs + LATE_MS);
    t.expect(text === "+OK", `SLEEP was answered with ${shown(text)}`, BLOCKS);
    onTime(block);
  }
  for (const one of t.holds.heldUp) {
    await t.answered(server, one.reply, `${one.what}, when nothing held it up any more`, LET_GO);
    t.holds.inOrder(one);
  }
}
