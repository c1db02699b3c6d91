/** A request and the client's end that come together, and a client that never reads and never stops. */
import { encodeRequest } from "../../../lessons/tools/resp_request.ts";
import { concat } from "../../../models/parts/sockets/byte_stream.ts";
import { type Client, shown } from "./client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { between, ofAnyMagnitude } from "../experiment/random.ts";
import { connectionEnds } from "../server/sockets.ts";
import type { RunningServer } from "../server/running_server.ts";
import { closeUntilSeen } from "./short_client.ts";

const ANSWERS = "A client that sends no more still reads: first answer what came, then close.";
const BOUND =
  "Stop reading from a client that does not take its replies, until it does: back-pressure." +
  "{ Is an `await` missing before a write, or is more read before it is written?|}";
/** For bytes and a FIN on loopback to arrive at a process that does not run. */
const MOST_LOOKS = 60, LOOK_MS = 4;
/** What a deaf client offers: far more than the kernel keeps for both ends. */
const OFFERED_BYTES = 96 * 1024 * 1024;
/** Linux keeps up to 6 MB that were not read, and 4 MB and more that were not taken. */
const MOST_TAKEN_BYTES = 64 * 1024 * 1024;

/** The server is stopped, a request and the end are sent, and it goes on: it sees both at once. */
export async function requestWithEnd(t: Experiment, server: RunningServer): Promise<void> {
  const unknown = await t.connect(server, "hurried client");
  await sendsBoth(t, server, unknown);
  const known = await t.connect(server, "hurried client, served before");
  const greeted = await t.answered(server, known.ask("PING"), "its PING before", ANSWERS);
  t.expect(greeted === "+PONG", `PING was answered with ${shown(greeted)}`, ANSWERS);
  await sendsBoth(t, server, known);
}

async function sendsBoth(t: Experiment, server: RunningServer, client: Client): Promise<void> {
  await t.quiet(server);
  const text = `${between(t.random, 1, 1e9)}`;
  const pids = server.processes();
  t.record("grader", "stops the server for a moment");
  for (const pid of pids) Deno.kill(pid, "SIGSTOP");
  try {
    await client.send("ECHO", text);
    await client.closeWrite();
    await landed(server.port, client.port);
  } finally {
    for (const pid of pids) Deno.kill(pid, "SIGCONT");
  }
  const reply = await t.answered(server, client.reply(), "the reply to it", ANSWERS);
  t.expect(reply === text, `ECHO ${text} was answered with ${shown(reply)}`, ANSWERS);
  const end = client.reply().then((more) => `it got ${shown(more)}`, () => "");
  const came = await t.answered(server, end, "the server's close", ANSWERS);
  t.expect(came === "", came, ANSWERS);
  await closeUntilSeen(t, server, client);
}

/** Waits until the client's bytes and its FIN lie at the server; they nearly always do at once. */
async function landed(serverPort: number, clientPort: number): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { server, client } = connectionEnds(serverPort, clientPort);
    if ((server?.receiveQueue ?? 0) > 0 && client?.sendQueue === 0 && server?.halfClosed) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** A client asks without end and takes nothing: the server has to stop reading from it. */
export async function deafWithoutEnd(t: Experiment, server: RunningServer): Promise<void> {
  const client = await t.connect(server, "greedy client", false);
  const size = ofAnyMagnitude(t.random, 2000, 300_000);
  const one = encodeRequest("ECHO", "x".repeat(size));
  const batch = concat(Array(Math.ceil(1024 * 1024 / one.length)).fill(one));
  t.record(client.name, `sends requests of ${size} bytes as long as it can, and reads no reply`);
  const sent = client.sendInBackground(batch, Math.ceil(OFFERED_BYTES / batch.length));
  for (let before = -1; sent.bytes > before && sent.bytes < OFFERED_BYTES;) {
    before = sent.bytes;
    await t.quiet(server);
  }
  const seen = `the server took ${(sent.bytes / 1e6).toFixed(0)} MB of requests from a client ` +
    "that takes no reply";
  t.record("server", seen);
  if (sent.bytes > MOST_TAKEN_BYTES) throw new ClaimFailed(`${seen}, without end`, BOUND);
  await closeUntilSeen(t, server, client);
}
