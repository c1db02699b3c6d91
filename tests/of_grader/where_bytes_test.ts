/** When nothing comes, the verdict says what the server does, and how far the request has got. */
import { assertEquals, assertRejects } from "@std/assert";
import { ClaimFailed, Experiment } from "../grader/experiment/experiment.ts";
import { procExists } from "../grader/server/proc.ts";
import { listedSockets, socketsAt } from "../grader/server/sockets.ts";
import { untilQuiet } from "../grader/server/at_rest.ts";
import type { Target } from "../grader/server/target.ts";
import { listenAgain } from "../of_parts/helpers.ts";

const skipped = procExists ? "" : " (skipped: needs Linux's /proc)";
const ignore = !procExists;
const SERVER = new URL("stuck_server.ts", import.meta.url).pathname;

function stuck(way: string): Target {
  const command = `"${Deno.execPath()}" run --allow-net "${SERVER}" {port} "${way}"`;
  return { kind: "command", name: way, command };
}

/** `*1\r\n$4\r\nPING\r\n` has 14 bytes. */
const SAYS: Record<string, string> = {
  "accepts nobody": "waits; the connection is in the accept queue",
  "reads nothing": "waits; 14 bytes from the client lie unread in its socket",
  "reads one byte": "waits; 13 bytes from the client lie unread in its socket",
  "answers nothing": "waits; it has read all that came, and sent nothing for it",
  "answers a half": "waits; it has sent a part of the reply, and not its end",
  "spins": "uses the CPU all the time; 14 bytes from the client lie unread in its socket",
};

async function failureOf(way: string, reads = true): Promise<{ message: string; step: string }> {
  const t = new Experiment(stuck(way));
  try {
    const server = await t.server();
    const client = await t.connect(server, "client", reads);
    const answered = t.answered(server, client.ask("PING"), "PING", "hint");
    const { message } = await assertRejects(() => answered, ClaimFailed);
    return { message, step: t.steps.at(-1)!.what };
  } finally {
    await t.end();
  }
}

/** What is to be said of a server in `SAYS`. */
function due(says: string): { message: string; step: string } {
  const state = says.startsWith("waits") ? "is quiet: no thread runs" : says.split(";")[0];
  return {
    message: `PING: nothing comes, and the server ${says}`,
    step: `${state}, and nothing has come`,
  };
}

/** At the same time: each takes seconds, most of which it waits. */
async function ofEach<T>(of: (way: string, says: string) => T | Promise<T>) {
  const found = Object.entries(SAYS).map(async ([way, says]) => [way, await of(way, says)]);
  return Object.fromEntries(await Promise.all(found));
}

Deno.test(
  { name: `nothing comes, and the verdict says how far it got${skipped}`, ignore },
  async () => {
    assertEquals(await ofEach((way) => failureOf(way)), await ofEach((_, says) => due(says)));
  },
);

/**
 * Whether a server is taken for quiet while its answer lies unread at a client. Every look at it comes
 * too late, as on an overloaded machine; after 100 of them something else ends the waiting.
 */
async function outcomeUnread(isRead: boolean): Promise<string> {
  const t = new Experiment(stuck("answers"));
  const now = performance.now;
  try {
    const server = await t.server();
    const client = await t.connect(server, "client", false);
    await client.send("PING");
    let looks = 0;
    const done = () => ++looks > 100;
    performance.now = () => now.call(performance) + 40 * looks;
    return await untilQuiet(server, done, (port) => isRead && port === client.port);
  } finally {
    Object.assign(performance, { now });
    await t.end();
  }
}

const late = `a server is not quiet as long as its answer is not read by who reads${skipped}`;
Deno.test({ name: late, ignore }, async () => {
  assertEquals([await outcomeUnread(false), await outcomeUnread(true)], ["quiet", "done"]);
});

Deno.test({ name: `nothing comes to a client that does not read${skipped}`, ignore }, async () => {
  assertEquals(
    (await failureOf("answers", false)).message,
    "PING: nothing comes, and the server waits; " +
      "it has sent 7 bytes, and the client does not read them",
  );
});

Deno.test({
  name: `what is left of an earlier server's connections is no socket${skipped}`,
  ignore,
}, async () => {
  const before = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = before.addr;
  const [client, accepted] = await Promise.all([
    Deno.connect({ hostname: "127.0.0.1", port }),
    before.accept(),
  ]);
  // Whoever closes first is in TIME_WAIT for a minute.
  accepted.close();
  await client.read(new Uint8Array(1));
  client.close();
  before.close();
  const seen = () => Deno.readTextFileSync("/proc/net/tcp");
  const left = new RegExp(`:${port.toString(16).toUpperCase()} \\w+:\\w+ 06 `);
  while (!left.test(seen())) await new Promise((resolve) => setTimeout(resolve, 5));
  // In the list of IPv6, which is looked at only for ports that the other list does not have.
  const server = await listenAgain({ hostname: "::", port });
  const found = socketsAt(port).map(({ localPort, listening }) => ({ localPort, listening }));
  server.close();
  assertEquals(found, [{ localPort: port, listening: true }]);
});

Deno.test("a connection that the kernel lists twice is one, and has what its later line says", () => {
  const rest = "00:00000000 00000000 0 0";
  const list = [
    `0: 0100007F:1F43 00000000:0000 0A 00000000:00000000 ${rest} 11 1 0`,
    `1: 0100007F:1F43 00000000:0000 0A 00000000:00000002 ${rest} 12 1 0`,
    `2: 0100007F:1F43 0100007F:C001 01 00000000:00000000 ${rest} 0 1 0`,
    `3: 0100007F:1F43 0100007F:C002 01 00000000:00000007 ${rest} 14 1 0`,
    `4: 0100007F:1F43 0100007F:C001 01 00000000:00000005 ${rest} 13 1 0`,
    `5: 0100007F:1F43 0100007F:C003 06 00000000:00000000 ${rest} 0 3 0`,
  ].join("\n");
  const found = listedSockets(list).map(({ name, receiveQueue }) => `${name} ${receiveQueue}`);
  // Two listen on the port, as with SO_REUSEPORT.
  assertEquals(found, ["socket:[11] 0", "socket:[12] 2", "socket:[13] 5", "socket:[14] 7"]);
});
