/**
 * What every model owes every client, as one claim that all lessons share. One client at a time, so
 * that a server which serves one at a time can show it too. A failure begins with what was tried.
 */
import { type Client, ConnectionLost, shown } from "../clients/client.ts";
import { ClaimFailed, type Experiment, Inconclusive } from "../experiment/experiment.ts";
import { BROKEN, expectReplies, leavesUnread, resetInRequest } from "../clients/breaking_client.ts";
import { fillBuffers, takeAll } from "../clients/late_reader.ts";
import { deafWithoutEnd, requestWithEnd } from "../clients/client_ends.ts";
import { closeUntilSeen } from "../clients/short_client.ts";
import { between } from "../experiment/random.ts";
import { knowsCommands } from "./knows_commands.ts";
import { endsWhenAsked } from "./ends_when_asked.ts";
import { othersStay } from "./others_stay.ts";
import type { RunningServer } from "../server/running_server.ts";

type Trial = (t: Experiment, server: RunningServer) => Promise<void>;

const PACKETS = "Requests are what the bytes say, however they were cut into packets.";
const SEVERAL =
  "Several requests can come in one packet: after the first one nothing will tell of the others, so " +
  "take all that have come whole before waiting for more.";
const ORDER =
  "Requests of one connection are answered in order: begin the next one when the reply to " +
  "the one before is there, or keep its reply until then.";
const HALF_CLOSE = "A client that sends no more still reads: answer what it asked for, then close.";
const LARGE_BYTES = 100_000;
/** After a request that is slow should be over. */
const LATE_MS = 12_000;

/** In this order: after the last one there is no server any more. */
const TRIALS: readonly (readonly [what: string, trial: Trial])[] = [
  ["each command, right and wrong, and QUIT", knowsCommands],
  ["several requests in one packet", onePacket],
  ["a request in many packets", manyPackets],
  ["large replies to a client that reads late", readsLate],
  ["a half-close while a request is under way", halfClose],
  ["a request that comes together with its client's end", requestWithEnd],
  ["a client that asks without end and reads nothing", deafWithoutEnd],
  ["others, when a client leaves", othersStay],
  ["after a reset in mid-request", resetInRequest],
  ["after a client that left without reading its replies", leavesUnread],
  ["a slow request with another behind it in the same packet", overtaking],
  ["asked to end", endsWhenAsked],
];

/** Tries one after the other what clients do. */
export async function keepsProtocol(t: Experiment): Promise<string> {
  const server = await t.server();
  for (const [what, trial] of TRIALS) {
    t.record("trial", what);
    try {
      await trial(t, server);
    } catch (error) {
      if (error instanceof ConnectionLost) {
        throw new ClaimFailed(`${what}: ${error.message}`, BROKEN);
      }
      if (!(error instanceof ClaimFailed)) throw error;
      throw new ClaimFailed(`${what}: ${error.message}`, error.hint);
    }
  }
  return `${TRIALS.length} trials: commands, packets, order, large replies, half-close, resets`;
}

async function onePacket(t: Experiment, server: RunningServer): Promise<void> {
  const client = await t.connect(server, "hasty client");
  await client.sendRaw("PING\r\n*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\nFIB 10\r\nECHO last\r\n");
  await expectReplies(t, server, client, ["+PONG", "hello", ":55", "last"], SEVERAL);
  await closeUntilSeen(t, server, client);
}

async function manyPackets(t: Experiment, server: RunningServer): Promise<void> {
  const client = await t.connect(server, "halting client");
  const pieces = [
    "*",
    "2\r\n$4\r\nEC",
    "HO\r",
    "\n$11\r\nhello ",
    "world\r",
    "\nECHO he",
    "llo\r\n",
  ];
  for (const piece of pieces) {
    await client.sendRaw(piece);
    // Only what comes when the one before has been read is a piece of its own to the server.
    await t.quiet(server);
  }
  await expectReplies(t, server, client, ["hello world", "hello"], PACKETS);
  await closeUntilSeen(t, server, client);
}

async function readsLate(t: Experiment, server: RunningServer): Promise<void> {
  const client = await t.connect(server, "late reader", false);
  await takeAll(t, server, client, await fillBuffers(t, server, client));
  await closeUntilSeen(t, server, client);
}

async function halfClose(t: Experiment, server: RunningServer): Promise<void> {
  const large = "x".repeat(LARGE_BYTES);
  for (const sleepMs of [200, 1000, 5000]) {
    const client = await t.connect(server, "half-closing client");
    await client.send("SLEEP", `${sleepMs}`);
    await client.send("ECHO", large);
    await client.closeWrite();
    const reply = client.reply();
    // Quiet: the server has seen the half-close, or looks at it when the request is done.
    const { kind } = await t.fate(server, reply);
    const first = await t.comes(server, reply, client.name);
    t.expect(first === "+OK", `SLEEP was answered with ${shown(first)}`, HALF_CLOSE);
    await expectReplies(t, server, client, [large], HALF_CLOSE);
    await expectClose(t, server, client);
    await closeUntilSeen(t, server, client);
    if (kind === "held") return;
  }
  throw new Inconclusive("the server was never quiet while the request was under way");
}

async function overtaking(t: Experiment, server: RunningServer): Promise<void> {
  const client = await t.connect(server, "impatient client");
  const pace = t.paceOf(server);
  const ms = pace.blocksMs(between(t.random, 300, 900), 2 * pace.heldMs);
  const text = `${between(t.random, 1, 1e9)}`;
  const startMs = performance.now();
  await client.sendRaw(`SLEEP ${ms}\r\nECHO ${text}\r\n`);
  const first = client.reply();
  const fate = await t.fateFor(server, first, "a slow request", ORDER);
  const reply = await t.comes(server, first, `SLEEP ${ms}`, ms + LATE_MS);
  t.expect(reply === "+OK", `neither can be answered yet, and ${shown(reply)} came`, ORDER);
  const tookMs = performance.now() - startMs;
  t.expect(tookMs >= ms - 2, `SLEEP ${ms} was answered after ${tookMs.toFixed(0)} ms`, ORDER);
  await expectReplies(t, server, client, [text], ORDER);
  await closeUntilSeen(t, server, client);
  if (fate.kind === "held") return;
  pace.blocksTimes *= 3;
  throw new Inconclusive("a slow request was over before it was looked at");
}

/** Waits for the server's close. A reset instead of it may have cost the client its last reply. */
async function expectClose(t: Experiment, server: RunningServer, client: Client): Promise<void> {
  const end = client.reply().catch((error) => `the end: ${error.message}`);
  const came = await t.answered(server, end, "the server's close", HALF_CLOSE);
  t.expect(came === "the end: the server closed the connection", shown(came), HALF_CLOSE);
}
