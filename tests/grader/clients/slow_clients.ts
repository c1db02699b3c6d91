/** Clients that are slow in each way that a client can be slow. */
import { encodeRequest } from "../../../lessons/tools/resp_request.ts";
import { concat } from "../../../models/parts/sockets/byte_stream.ts";
import type { Client } from "./client.ts";
import { ofAnyMagnitude } from "../experiment/random.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunningServer } from "../server/running_server.ts";

/** Replies of so many bytes together: more than the kernel's buffers of both sides hold. */
const ALL_BYTES = 26_000_000;
/** One request, and as many as are sent at a time. */
const LEAST_BYTES = 500, MOST_BYTES = 120_000, BATCH_BYTES = 250_000;

/** Connects a client that says nothing, one that sends half a request, and one that never reads. */
export async function slowClients(t: Experiment, server: RunningServer): Promise<void> {
  await t.connect(server, "silent client");
  const half = await t.connect(server, "half client");
  await half.sendRaw("ECHO hel");
  await deafClient(t, server);
}

/**
 * Connects a client that asks for a lot and reads nothing, and waits until the server is quiet. The
 * client goes on sending in the background, as far as the server reads, until it is closed.
 */
export async function deafClient(
  t: Experiment,
  server: RunningServer,
  name = "deaf client",
): Promise<Client> {
  const deaf = await t.connect(server, name, false);
  // A server that takes its time for each request would be busy for minutes with many small ones.
  const slow = t.paceOf(server).text !== "";
  const bytes = ofAnyMagnitude(t.random, slow ? MOST_BYTES / 2 : LEAST_BYTES, MOST_BYTES);
  const request = encodeRequest("ECHO", "x".repeat(bytes));
  const batch = concat(Array(Math.ceil(BATCH_BYTES / request.length)).fill(request));
  t.record(name, `sends requests of ${bytes} bytes as long as it can, and reads no reply`);
  deaf.sendInBackground(batch, Math.ceil(ALL_BYTES / batch.length));
  await t.quiet(server);
  return deaf;
}
