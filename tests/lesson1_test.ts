/** The claims of lesson 1, one thread that accepts and serves: what the README's table states. */
import { shown } from "./grader/clients/client.ts";
import { defineClaims } from "./grader/experiment/claims.ts";
import { acceptQueue } from "./grader/server/sockets.ts";
import { between } from "./grader/experiment/random.ts";
import { connectServed } from "./grader/probes/served_or_held.ts";
import { costText, counted, RUNTIMES_OWN, threadGrowth } from "./grader/probes/thread_count.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import { shortClient } from "./grader/clients/short_client.ts";
import { deafClient } from "./grader/clients/slow_clients.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const SERIAL = "One client at a time: accept the next connection only when this one is closed.";
const WHOLE = "A connection is served until its client sends no more: read again after each reply.";
/** For so long a client says nothing, in ms. */
const LEAST_IDLE_MS = 2100, MOST_IDLE_MS = 3000;

/** The claims of lesson 1. */
export const lesson1 = defineClaims(1, {
  "1.P1": async (t) => {
    const server = await t.server();
    const [a, b, c] = await t.connectMany(server, 3);
    // They speak in the reverse order: it is the order of connecting that counts.
    for (const client of [c, b, a]) await client.send("ECHO", client.name);
    const replies = [a, b, c].map((client) => client.reply());
    for (const [i, client] of [a, b, c].entries()) {
      const reply = await t.answered(server, replies[i], `${client.name}'s turn`, SERIAL);
      t.expect(reply === client.name, `${client.name} got ${shown(reply)}`, "ECHO sends it back.");
      const next = [b, c][i];
      if (next) await t.held(server, replies[i + 1], `${next.name} before its turn`, SERIAL);
      const again = await t.answered(
        server,
        client.ask("PING"),
        `${client.name} asked again`,
        WHOLE,
      );
      t.expect(again === "+PONG", `${client.name} got ${shown(again)}`, WHOLE);
      client.close();
    }
    return "3 clients were served whole, one after the other, in the order in which they connected";
  },

  "1.P2": async (t) => {
    const server = await t.server();
    // The first client may cost the runtime something that the others do not.
    await shortClient(t, server, "first client", []);
    const before = server.threads();
    const own = new Set<number>();
    for (let i = 1; i <= 5; i++) {
      const started = await shortClient(t, server, `short client ${i}`, before);
      for (const { tid } of started) own.add(tid);
    }
    t.expect(
      own.size <= RUNTIMES_OWN,
      `5 clients, one after the other, had ${counted(own.size, "thread")} of their own`,
      "The thread that accepts also serves; this model starts no threads.",
    );
    await connectServed(t, server, 1);
    const crowd = between(t.random, 20, 50);
    const waiting = await t.connectWaiting(server, crowd, "waiting client");
    await t.quiet(server);
    const more = threadGrowth(server, before);
    const cost = costText(1 + waiting.length, more);
    t.expect(more <= RUNTIMES_OWN, cost, "This model starts no threads.");
    const full = "; for more there is no room in the accept queue";
    return waiting.length < crowd ? `${cost}${full}` : cost;
  },

  "1.C1": async (t) => {
    const server = await t.server();
    const idle = await t.connect(server, "idle client");
    await t.quiet(server);
    const others = await t.connectWaiting(server, between(t.random, 9, 20), "other client");
    const replies = others.map((client) => client.ask("PING"));
    const any = Promise.race(replies);
    await t.held(server, any, "other clients sent PING while an idle one was connected", SERIAL);
    // What lasts is not told from what takes a while by one look.
    await t.goesBy(server, between(t.random, LEAST_IDLE_MS, MOST_IDLE_MS));
    await t.held(server, any, "other clients sent PING while an idle one was connected", SERIAL);
    idle.close();
    for (const [i, client] of others.entries()) {
      await t.answered(
        server,
        replies[i],
        `the idle client closed, it is ${client.name}'s turn`,
        SERIAL,
      );
      client.close();
    }
    return `one idle client held up ${others.length} others until it closed: concurrency 1`;
  },

  "1.C2": async (t) => {
    const server = await t.server();
    await connectServed(t, server, 1);
    const waiting = await t.connectWaiting(server, between(t.random, 4, 16), "waiting client");
    const count = waiting.length;
    // One that waits may be a client of which nothing has come.
    for (const client of waiting.slice(0, count >> 1)) await client.send("PING");
    await t.quiet(server);
    const queued = acceptQueue(server.port);
    t.record("kernel", `has ${queued} connections in the accept queue`);
    t.expect(
      queued === count,
      `${count} clients connected while one was served, and ${queued} are in the accept queue`,
      "Call accept again only when the connection is closed: until then the kernel keeps the rest.",
    );
    return `${count} connects succeeded meanwhile, and ${count} connections wait in the accept queue`;
  },

  "1.C3": async (t) => {
    const server = await t.server();
    const deaf = await deafClient(t, server);
    const other = await t.connect(server, "other client");
    const reply = other.ask("PING");
    await t.held(server, reply, "the other client spoke while the deaf one did not read", SERIAL);
    deaf.close();
    await t.answered(server, reply, "the deaf client closed, it is the other's turn", SERIAL);
    return "one client that did not read its replies held up the next until it closed";
  },

  "1.R1": keepsProtocol,
});

testClaims(import.meta, lesson1);
