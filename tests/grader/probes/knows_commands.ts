/**
 * The whole table of commands, each asked with drawn arguments, its bounds and its errors too. What
 * `WHO` and `INFO` say is left to the server: that they do not know the command is an answer as well.
 */
import { type Client, ConnectionLost, shown } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { between, ofAnyMagnitude, type Random, shuffled } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";

const ANSWER =
  "Every request is answered: what is not known, or not right, with a line that begins -ERR.";
const BOUNDS = "SLEEP takes 0 to 60000 ms, FIB 0 to 45; any other argument is an error.";
const QUITS = "The reply to QUIT is +OK; then the server closes the connection.";
const SLEEPS = "SLEEP blocks for as many milliseconds as it was asked for, and then replies.";
/** Timers may round down. */
const ROUNDING_MS = 2;

/** A request, and what its reply has to be. */
type Question = readonly [words: readonly string[], right: RegExp, hint: string];

/** Asks one client's questions in a drawn order, and then lets it quit. */
export async function knowsCommands(t: Experiment, server: RunningServer): Promise<void> {
  const client = await t.connect(server, "curious client");
  for (const [words, right, hint] of shuffled(t.random, questions(t.random))) {
    const what = `${shown(words.join(" "))} to the ${client.name}`;
    const came = await t.answered(server, client.ask(...words), what, ANSWER);
    t.expect(right.test(came), `${what} was answered with ${shown(came)}`, hint);
  }
  for (const [least, most] of [[0, 9], [10, 99], [100, 400]]) {
    await sleepsAsLong(t, server, client, between(t.random, least, most));
  }
  await quits(t, server, client);
}

function questions(random: Random): Question[] {
  const text = word(random, ofAnyMagnitude(random, 1, 3000));
  const n = between(random, 2, 24);
  const error = /^-/;
  const unknown = `X${word(random, between(random, 2, 12))}`;
  return [
    [["PING"], /^\+PONG$/, "The reply to PING is +PONG."],
    [["ping", text], exactly(text), "PING with a message sends it back, as a bulk string."],
    [["Echo", text], exactly(text), "ECHO sends its argument back; names are case-insensitive."],
    [["FIB", "0"], /^:0$/, BOUNDS],
    [["FIB", "1"], /^:1$/, BOUNDS],
    [["fib", `${n}`], exactly(`:${fibonacci(n)}`), `FIB ${n} is ${fibonacci(n)}.`],
    [["FIB", `${between(random, 46, 5000)}`], error, BOUNDS],
    [["FIB", `${-between(random, 1, 50)}`], error, BOUNDS],
    [["FIB", word(random, 3)], error, BOUNDS],
    [["SLEEP", `${ofAnyMagnitude(random, 60_001, 9_000_000)}`], error, BOUNDS],
    [["SLEEP", `${-between(random, 1, 50)}`], error, BOUNDS],
    [["ECHO"], error, ANSWER],
    [["SLEEP"], error, ANSWER],
    [["FIB", "3", "4"], error, ANSWER],
    [[unknown], error, ANSWER],
    [[unknown, text], error, ANSWER],
    [["WHO"], /^/, ANSWER],
    [["INFO"], /^/, ANSWER],
  ];
}

function word(random: Random, length: number): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  return Array.from({ length }, () => letters[between(random, 0, letters.length - 1)]).join("");
}

/** Matches the text, and nothing else; the text has letters, digits, and signs that mean themselves. */
function exactly(text: string): RegExp {
  return new RegExp(`^${text}$`);
}

function fibonacci(n: number): number {
  let [a, b] = [0, 1];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}

async function sleepsAsLong(
  t: Experiment,
  server: RunningServer,
  client: Client,
  ms: number,
): Promise<void> {
  const startMs = performance.now();
  const reply = await t.comes(server, client.ask("SLEEP", `${ms}`), `SLEEP ${ms}`);
  const tookMs = performance.now() - startMs;
  t.expect(reply === "+OK", `SLEEP ${ms} was answered with ${shown(reply)}`, SLEEPS);
  const early = `SLEEP ${ms} was answered after ${tookMs.toFixed(0)} ms`;
  t.expect(tookMs >= ms - ROUNDING_MS, early, SLEEPS);
  // Three times as long, and seconds, and many times its own pace: no busy machine, and not what was asked.
  const lateMs = 3 * ms + 900 + 4 * t.paceOf(server).heldMs;
  if (tookMs > lateMs) await sleepsAsLongAgain(t, server, client, ms, lateMs);
}

/** What took far too long may have been the machine's affair: once more, and once more. */
async function sleepsAsLongAgain(
  t: Experiment,
  server: RunningServer,
  client: Client,
  ms: number,
  lateMs: number,
): Promise<void> {
  let leastMs = Infinity;
  for (let time = 0; time < 3; time++) {
    const startMs = performance.now();
    await t.comes(server, client.ask("SLEEP", `${ms}`), `SLEEP ${ms}`);
    leastMs = Math.min(leastMs, performance.now() - startMs);
  }
  const late = `SLEEP ${ms} was answered after ${leastMs.toFixed(0)} ms, at the earliest`;
  t.expect(leastMs <= lateMs, late, SLEEPS);
}

async function quits(t: Experiment, server: RunningServer, client: Client): Promise<void> {
  const reply = await t.answered(server, client.ask("QUIT"), "QUIT", QUITS);
  t.expect(reply === "+OK", `QUIT was answered with ${shown(reply)}`, QUITS);
  const end = client.reply().then((text) => `it got ${shown(text)}`, (error) => {
    if (error instanceof ConnectionLost) return "";
    throw error;
  });
  const came = await t.answered(server, end, "the server's close after QUIT", QUITS);
  t.expect(came === "", `after QUIT ${came}`, QUITS);
}
