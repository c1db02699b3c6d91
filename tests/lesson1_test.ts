/** The claims of lesson 1, one thread that accepts and serves: what the README's table states. */
import { shown } from "./grader/client.ts";
import { defineClaims } from "./grader/claims.ts";
import { acceptQueue } from "./grader/proc.ts";
import { connectServed } from "./grader/measure.ts";
import { costText, counted, RUNTIMES_OWN, threadGrowth } from "./grader/thread_use.ts";
import { keepsProtocol } from "./grader/robust.ts";
import { shortClient } from "./grader/short_client.ts";
import { deafClient } from "./grader/slow_clients.ts";

const SERIAL = "One client at a time: accept the next connection only when this one is closed.";

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
    await t.connectMany(server, 19, "waiting client");
    await t.quiet(server);
    const more = threadGrowth(server, before);
    t.expect(more <= RUNTIMES_OWN, costText(20, more), "This model starts no threads.");
    return costText(20, more);
  },

  "1.C1": async (t) => {
    const server = await t.server();
    const idle = await t.connect(server, "idle client");
    await t.quiet(server);
    const other = await t.connect(server, "other client");
    const reply = other.ask("PING");
    await t.held(
      server,
      reply,
      "the other client sent PING while an idle one was connected",
      SERIAL,
    );
    idle.close();
    await t.answered(server, reply, "the idle client closed, it is the other's turn", SERIAL);
    return "one idle client held up the next until it closed: concurrency 1";
  },

  "1.C2": async (t) => {
    const server = await t.server();
    await connectServed(t, server, 1);
    const waiting = await t.connectMany(server, 5, "waiting client");
    await t.quiet(server);
    const queued = acceptQueue(server.port);
    t.record("kernel", `has ${queued} connections in the accept queue`);
    t.expect(
      queued === waiting.length,
      `5 clients connected while one was served, and ${queued} are in the accept queue`,
      "Call accept again only when the connection is closed: until then the kernel keeps the rest.",
    );
    return "5 connects succeeded meanwhile, and 5 connections wait in the accept queue";
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
