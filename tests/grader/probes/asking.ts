/** Lets clients ask for a little business, and says who is answered and who is held up. */
import type { Client } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Block } from "../experiment/holds.ts";
import { between, shuffled } from "../experiment/random.ts";
import type { Fate } from "../experiment/waiting.ts";
import type { RunningServer } from "../server/running_server.ts";
import { SERVE_ALL } from "./served_or_held.ts";

/** Looks at a server that works all the time, of some seconds of CPU time each. */
const MORE_LOOKS = 2;
/** The Fibonacci numbers that probes ask for: little work, and values not to be had by chance. */
const FIRST_FIB = 12, FIBS = [144, 233, 377, 610, 987, 1597, 2584, 4181, 6765];

/** Draws which business `probe` asks for. */
export function anyQuestion({ random }: Experiment): number {
  return between(random, 0, FIBS.length - 1);
}

/**
 * Asks for a little business, and returns what becomes of it: "answered" or "held". Asked again, it is
 * the same question: a server that remembers the answer, and does not do the work, gives itself away.
 *
 * @param by what holds it up, when it is held up; undefined: any request that blocks.
 */
export async function probe(
  t: Experiment,
  server: RunningServer,
  client: Client,
  { question = anyQuestion(t), by }: { question?: number; by?: Block } = {},
): Promise<"answered" | "held"> {
  const { held } = await askAll(t, server, [client], { question, by });
  return held.length > 0 ? "held" : "answered";
}

/** How to ask several clients' questions. */
export interface Asking {
  readonly question?: number;
  /** "answered": the claim fails unless all are, which is worth a longer look. */
  readonly expected?: "answered";
  /** What holds up those that are not answered; default: any request that blocks; "somebody": unknown. */
  readonly by?: Block | "somebody";
}

/**
 * Lets clients ask for a little business, all at the same time and in a drawn order.
 *
 * @returns who was answered, and who is held up by requests that block.
 */
export async function askAll(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
  { question = anyQuestion(t), expected, by }: Asking = {},
): Promise<{ answered: Client[]; held: Client[]; answeredMs: number[] }> {
  const n = FIRST_FIB + question;
  const answeredMs: number[] = [];
  const came = new Map<Client, string>();
  const replies: Promise<string>[] = [];
  for (const client of shuffled(t.random, clients)) {
    const reply = client.ask("FIB", `${n}`);
    reply.then((text) => {
      came.set(client, text);
      answeredMs.push(performance.now());
    }, () => {});
    replies.push(reply);
    if (by !== "somebody") t.holds.asked(client, `${client.name}'s FIB ${n}`, reply, by);
  }
  const asks = `${clients.map(({ name }) => name).join(", ")} asked for FIB ${n}`;
  const all = Promise.all(replies);
  const fate = await lookedAt(t, server, all, asks, expected === "answered");
  if (fate.kind === "held") await t.noMore(server, () => came.size);
  for (const reply of came.values()) {
    const right = `:${FIBS[question]}`;
    t.expect(
      reply === right,
      `FIB ${n} was answered with ${reply}`,
      `The right reply is ${right}.`,
    );
  }
  const held = clients.filter((client) => !came.has(client));
  if (fate.kind === "held" && held.length > 0) t.recordHeld(fate);
  t.holds.check(t.paceOf(server));
  t.holds.settle();
  return { answered: clients.filter((client) => came.has(client)), held, answeredMs };
}

/** What becomes of all replies; somebody else's business may compute meanwhile. */
async function lookedAt(
  t: Experiment,
  server: RunningServer,
  all: Promise<string[]>,
  asks: string,
  isExpected: boolean,
): Promise<Fate<string[]>> {
  let fate = await t.fateFor(server, all, asks, SERVE_ALL, isExpected);
  for (
    let more = 0;
    isExpected && fate.kind === "held" && fate.spins && more < MORE_LOOKS;
    more++
  ) {
    fate = await t.fateFor(server, all, asks, SERVE_ALL, isExpected);
  }
  return fate;
}
