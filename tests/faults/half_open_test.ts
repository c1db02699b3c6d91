/** Half-open connections: the client is gone, and nothing tells so. The idle time-out finds them. */
import { assert, assertEquals } from "@std/assert";
import { serveOne, warmUp } from "../conformance/nothing_left.ts";
import { subjects } from "../conformance/subjects.ts";
import { testEach } from "../conformance/tests.ts";
import { openDescriptors } from "../grader/server/proc.ts";
import { until } from "../of_parts/helpers.ts";
import { canVanish, connectAndVanish } from "./vanishing_client.ts";

/** Longer than a client here takes from its connection to its request, also on a busy machine. */
const IDLE_MS = 2500;
/** What they have said by then. What is answered finds out at once: the answer is reset. */
const SAID = ["", "", "", "ECHO hel", "ECHO hel", "PING\r\n"];
/** Descriptors of Deno's own, that come with time: fewer than clients of which nothing tells. */
const SPARE = 2;
/** Both ways of handing over end in the same time-out. */
const once = subjects.filter(({ sizes }) => sizes.handover !== "stream");
const reason = canVanish ? "" : " (not run: a client cannot vanish here)";

testEach(`clients that are gone without a word are closed when idle${reason}`, async (...args) => {
  if (!canVanish) return;
  const [server, t, { serial }] = args;
  const { descriptors } = await warmUp(server, t);
  // In model 1 those behind the first wait as long again each.
  const gone = serial ? SAID.slice(0, 1) : SAID;
  for (const said of gone) connectAndVanish(server.port, said);
  if (!serial) await serveOne(server);
  await until(() => openDescriptors(server.pid) <= descriptors + SPARE, "their places are free");
  await serveOne(server);
  assert(server.running);
  assertEquals(server.stderr, "");
}, { tested: once, sizes: () => ({ idleTimeoutMs: IDLE_MS }) });
