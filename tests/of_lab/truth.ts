/**
 * Who waited for whom, found out from the clients' times alone. A client that sleeps for d ms and has
 * its reply at r began to be served at r - d. Whoever was answered just then made room for it.
 */
import { assert } from "@std/assert";
import type { Run } from "../../lessons/lab/run/run.ts";

/** For whom a client waited; all times in ms. */
export interface Truth {
  /** One of these; none: it waited for nobody. */
  readonly clients: readonly number[];
  /** From when on it waited for the first of them, and until when. */
  readonly fromMs: number;
  readonly toMs: number;
}

const NOBODY: Truth = { clients: [], fromMs: 0, toMs: 0 };

/** A client's own times. */
export interface Times {
  readonly number: number;
  readonly sentMs: number;
  readonly beganMs: number;
  readonly replyMs: number;
}

/**
 * The clients' times, from what they told and nothing else.
 *
 * @param sleepsMs how long each client sleeps, client 1 first.
 */
export function timesOf(run: Run, sleepsMs: readonly number[]): Times[] {
  return sleepsMs.map((sleepMs, at) => {
    const number = at + 1;
    const own = run.events.filter((e) => e.source === "client" && e.client === number);
    const last = (event: string) => {
      const found = own.findLast((e) => e.source === "client" && e.event === event);
      assert(found !== undefined, `client ${number}: ${event}`);
      return found.us / 1000;
    };
    const replyMs = last("reply");
    return {
      number,
      sentMs: last("send"),
      replyMs,
      beganMs: replyMs - sleepMs,
    };
  });
}

/**
 * Whoever was answered just before the client's turn came made room for it.
 *
 * @param leastMs shorter waits are none.
 * @param lagMs how long before. A server that has to start a thread first takes its time.
 */
export function truthOf(
  client: Times,
  all: readonly Times[],
  leastMs: number,
  lagMs: number,
): Truth {
  if (client.beganMs - client.sentMs < leastMs) return NOBODY;
  // Nobody can have made room who was not answered meanwhile.
  const answered = all.filter(({ replyMs }) =>
    client.sentMs < replyMs && replyMs < client.beganMs + leastMs
  );
  const before = answered.filter(({ replyMs }) => client.beganMs - replyMs < lagMs);
  const possible = before.length > 0 ? before : answered;
  if (possible.length === 0) return NOBODY;
  const [{ beganMs, replyMs: toMs }] = possible;
  const clients = possible.map(({ number }) => number);
  return { clients, fromMs: Math.max(client.sentMs, beganMs), toMs };
}
