/** The claims of lesson 6, processes that share a listening socket: what the README's table states. */
import { blockProcesses, servedBeside } from "./grader/probes/busy_processes.ts";
import { defineClaims } from "./grader/experiment/claims.ts";
import { between } from "./grader/experiment/random.ts";
import { blockBusiness, keepBusy, letGo } from "./grader/probes/blocking.ts";
import { askAll } from "./grader/probes/asking.ts";
import { connectServed, served } from "./grader/probes/served_or_held.ts";
import { costText, counted, RUNTIMES_OWN, threadGrowth } from "./grader/probes/thread_count.ts";
import { acceptQueue } from "./grader/server/sockets.ts";
import { ownMemory } from "./grader/server/proc.ts";
import { killProcess, lossOf, replacementOf } from "./grader/probes/killed_process.ts";
import {
  byProcess,
  commandsCounted,
  holdersOf,
  onlyOneWakes,
  processOf,
  readingProcess,
} from "./grader/probes/serving_process.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import type { RunningServer } from "./grader/server/running_server.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const COMPETE = "Every process accepts from the one listening socket, by itself, when it is free.";
const OWN_LOOP = "Each process reads, works and writes for its own connections, on its own loop.";
const ISOLATED = "What one process does or suffers is not to reach the others, or their clients.";
const REPLACE = "The main process has to notice that a child died, and to start another.";
const BEFOREHAND = "P processes are started before the first client, and no more later.";
const NOT_SHARED = "Each process counts for itself: INFO tells of the process that answers.";
/** Were they dealt out, half would come to the busy process of two. */
const LATE_CLIENTS = 12;

/** The claims of lesson 6. */
export const lesson6 = defineClaims(6, {
  "6.P1": async (t) => {
    const server = await t.server({ processes: 3 });
    const readers = new Set<number>();
    for (let i = 1; i <= (server.sizes.processes ?? 2); i++) {
      const client = await servedBeside(t, server, `client ${i}`, COMPETE);
      const pid = await readingProcess(t, server, client);
      const holders = holdersOf(server, client);
      t.expect(
        holders.length !== 1 || holders[0] === pid,
        `process ${pid} reads from ${client.name}, whose connection process ${holders[0]} has`,
        OWN_LOOP,
      );
      t.expect(!readers.has(pid), `process ${pid} reads from two clients`, COMPETE);
      readers.add(pid);
      // Then it cannot be the one that accepts the next.
      await blockBusiness(t, server, client);
    }
    return `${readers.size} clients were read from by ${readers.size} processes`;
  },

  "6.P2": async (t) => {
    const server = await t.server({ processes: 2 });
    const [victim] = await connectServed(t, server, 1);
    const pid = await processOf(t, server, victim);
    t.expect(pid !== server.pid, "the main process does the business", ISOLATED);
    await keepBusy(t, server, victim);
    const other = await servedBeside(t, server, "other client", COMPETE);
    await other.send("SLEEP", `${between(t.random, 400, 700)}`);
    const before = server.processes();
    killProcess(t, pid);
    const fate = await t.comes(server, lossOf(victim), "the end of a connection");
    t.record(victim.name, fate);
    const reply = await t.comes(server, other.reply(), "a request under way elsewhere");
    t.expect(reply === "+OK", `another process's client got ${reply}`, ISOLATED);
    const started = await replacementOf(t, server, pid, before, REPLACE);
    // Whoever is replaced once has to be replaced again.
    const earlier = server.processes();
    killProcess(t, started);
    const again = await replacementOf(t, server, started, earlier, REPLACE);
    await keepBusy(t, server, other);
    // Every process that there was is dead or busy now.
    await servedBeside(t, server, "late client, for a new process", REPLACE);
    return `two processes were killed: one client of two lost its connection, and a new process, ` +
      `${again}, served the next`;
  },

  "6.P3": async (t) => {
    const [small, large] = [await t.server({ processes: 2 }), await t.server({ processes: 5 })];
    await t.quiet(small);
    await t.quiet(large);
    const before = large.processes();
    const many = before.length, more = many - small.processes().length;
    t.expect(
      more === 3 || large.sizes.processes === undefined,
      `told to have 5 processes and not 2, it had ${more} more before the first client came`,
      BEFOREHAND,
    );
    t.expect(many > 1, "there is one process", BEFOREHAND);
    const threads = large.threads();
    const count = between(t.random, 20, 50);
    await connectServed(t, large, count);
    const started = large.processes().filter((pid) => !before.includes(pid)).length;
    t.expect(started === 0, `${count} clients cost ${counted(started, "process")}`, BEFOREHAND);
    const growth = threadGrowth(large, threads);
    // Each process has a runtime of its own.
    const most = RUNTIMES_OWN * many;
    const cost = costText(count, growth, most);
    t.expect(growth <= most, cost, OWN_LOOP);
    const memory = memoryText(small, large);
    return `${many} processes before the first client, and with ${count}; ${cost}${memory}`;
  },

  "6.P4": async (t) => {
    const server = await t.server({ processes: 2 });
    const [blocked] = await connectServed(t, server, 1);
    await blockBusiness(t, server, blocked);
    for (let i = 1; i <= LATE_CLIENTS; i++) {
      const client = await t.connect(server, `late client ${i}`);
      const what = `late client ${i}, beside one whose process is busy`;
      await served(t, server, client, what, COMPETE);
      t.holds.check(t.paceOf(server));
    }
    return `one of two processes was busy, and ${LATE_CLIENTS} new clients were served all the same`;
  },

  "6.C1": async (t) => {
    const server = await t.server({ processes: 2 });
    // Two of five have the same process, whoever was first at the accept.
    const clients = await connectServed(t, server, 5);
    const [[pid, [blocked, ...mates]]] = await byProcess(t, server, clients);
    t.expect(mates.length > 0, "5 clients have 5 processes", BEFOREHAND);
    t.expect(pid !== server.pid, "the main process does the business", COMPETE);
    await onlyOneWakes(t, server, blocked, pid);
    const by = await blockBusiness(t, server, blocked);
    const late = await servedBeside(t, server, "late client", ISOLATED);
    const others = [...clients, late].filter((one) => one !== blocked);
    const { answered } = await askAll(t, server, others, { by });
    for (const client of others) {
      const isMate = mates.includes(client);
      const fate = answered.includes(client) ? "answered" : "held";
      t.expect(
        fate === (isMate ? "held" : "answered"),
        `${client.name}, ${isMate ? "of the same process" : "not of that process"}, was ${fate}`,
        isMate ? OWN_LOOP : ISOLATED,
      );
    }
    await letGo(t, server);
    return `a blocked request held up ${mates.length} more of its process, and none of ` +
      `${answered.length} others`;
  },

  "6.C2": async (t) => {
    const server = await t.server({ processes: 2 });
    const busy = await blockProcesses(t, server);
    const waiting = acceptQueue(server.port) ?? 0;
    const count = between(t.random, 3, 6);
    const late = await t.connectMany(server, count, "late client");
    const replies = late.map((client) => client.ask("PING"));
    late.forEach((client, i) => t.holds.asked(client, client.name, replies[i]));
    const any = Promise.race(replies);
    await t.held(server, any, "a client that came when all processes were busy", BEFOREHAND);
    const queued = (acceptQueue(server.port) ?? 0) - waiting;
    t.holds.check(t.paceOf(server));
    t.expect(
      queued === late.length,
      `${count} clients came when all processes were busy, and ${queued} are in the accept queue`,
      COMPETE,
    );
    t.holds.settle();
    await letGo(t, server);
    return `with ${busy} requests under way, ${count} new clients waited in the accept queue`;
  },

  "6.C3": async (t) => {
    const server = await t.server({ processes: 2 });
    const [first] = await connectServed(t, server, 1);
    for (let i = 0; i < 20; i++) await served(t, server, first);
    const counted = await commandsCounted(t, server, first);
    t.expect(counted > 20, `after 22 commands INFO says total_commands:${counted}`, NOT_SHARED);
    await blockBusiness(t, server, first);
    const second = await servedBeside(t, server, "client of another process", COMPETE);
    const elsewhere = await commandsCounted(t, server, second);
    t.expect(
      elsewhere < 20,
      `one client sent 2 commands, and INFO tells it of ${elsewhere}`,
      NOT_SHARED,
    );
    return `one process counts ${counted} commands, and another ${elsewhere}`;
  },

  "6.R1": keepsProtocol,
});

testClaims(import.meta, lesson6);

/** What one process more has cost in memory: for the verdict's text, and not for the verdict. */
function memoryText(small: RunningServer, large: RunningServer): string {
  const processes = large.processes().length - small.processes().length;
  const [few, many] = [ownMemory(small.pid), ownMemory(large.pid)];
  if (few === undefined || many === undefined || processes <= 0) return "";
  return `; each has ${((many - few) / processes / 1e6).toFixed(1)} MB of its own`;
}
