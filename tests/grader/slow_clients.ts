/** Clients that are slow in each way that a client can be slow. */
import type { Client } from "./client.ts";
import type { Experiment } from "./experiment.ts";
import type { RunningServer } from "./target.ts";

/** 24 MB of replies: more than the kernel's buffers of both sides hold. */
const MANY = { requests: 400, bytes: 60_000 };

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
  { requests, bytes } = MANY,
): Promise<Client> {
  const deaf = await t.connect(server, name, false);
  const request = `*2\r\n$4\r\nECHO\r\n$${bytes}\r\n${"x".repeat(bytes)}\r\n`;
  t.record(name, `sends ${requests} requests of ${bytes} bytes, and reads no reply`);
  deaf.sendInBackground(request, requests);
  await t.quiet(server);
  return deaf;
}
