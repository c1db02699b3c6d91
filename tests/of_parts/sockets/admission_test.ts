/** Acceptor: who is beyond the cap does not wait until a thread was started for each one before. */
import { assert, assertEquals } from "@std/assert";
import { type AcceptedSocket, Acceptor } from "../../../models/parts/accept.ts";
import { MemoryStream, ScriptedListener } from "../fakes.ts";
import { newContext, until, within } from "../helpers.ts";

const REFUSED = "-ERR max number of clients reached\r\n";
/** As long as a thread takes to start: far more than a caller that only takes note. */
const THREAD_MS = 10;

/** One that hands out besides, at any time, those who wait. */
class QueueListener extends ScriptedListener {
  readonly queue: MemoryStream[] = [];

  others(): AcceptedSocket[] {
    return this.queue.splice(0).map((stream) => Object.assign(stream, { remoteAddr: this.addr }));
  }
}

function open(maxConnections: number) {
  const listener = new QueueListener();
  const context = newContext();
  return { listener, context, acceptor: new Acceptor(listener, maxConnections, context) };
}

const some = (count: number) => Array.from({ length: count }, () => new MemoryStream());

/** What starting a thread does to the main thread. */
function block(): void {
  const end = performance.now() + THREAD_MS;
  while (performance.now() < end);
}

Deno.test("Acceptor: those beyond the cap are told so before the first is handed out", async () => {
  const { listener, context, acceptor } = open(2);
  const [first, second, ...many] = some(6);
  listener.give(first);
  listener.queue.push(second, ...many);
  const taken = [await within(acceptor.accept(), "the first")];
  await until(() => many.every(({ written }) => written === REFUSED), "all are told");
  taken.push(await within(acceptor.accept(), "the second"));
  assertEquals(taken.map((one) => one?.socket), [first, second] as unknown[]);
  assertEquals(context.state.counters.connected_clients, 2);
  acceptor.close();
});

Deno.test("Acceptor: who comes while threads are started is looked at between two of them", async () => {
  const { listener, acceptor } = open(3);
  const [first, second, third, late, last] = some(5);
  listener.give(first);
  listener.queue.push(second, third);
  await within(acceptor.accept(), "the first");
  block();
  // They come in a turn of the loop, as from a socket.
  setTimeout(() => listener.queue.push(late, last), 0);
  assertEquals((await within(acceptor.accept(), "the second"))?.socket, second as unknown);
  await until(() => late.written + last.written === REFUSED + REFUSED, "both are told");
  assertEquals(third.written, "", "it has its place");
  acceptor.close();
});

Deno.test("Acceptor: at the end those that nobody took are closed, and not counted", async () => {
  for (const end of ["stop cell", "close"]) {
    const { listener, context, acceptor } = open(3);
    const [first, ...others] = some(3);
    listener.give(first);
    listener.queue.push(...others);
    const accepted = await within(acceptor.accept(), "the first");
    if (end === "close") acceptor.close();
    context.state.stop();
    assertEquals(await within(acceptor.accept(), "the end"), undefined);
    assert(others.every(({ closed }) => closed), end);
    assert(!first.closed, "it is its taker's");
    accepted?.socket.close();
    assertEquals(context.state.counters.connected_clients, 1);
    acceptor.close();
  }
});
