/**
 * What it costs a server to be watched: the same load on one that has its trace off and on one that the
 * lab's page shows, in turn.
 */
import type { ServerEvent } from "../../lessons/lab/lanes/events.ts";
import type { Session } from "../../lessons/lab/server/session.ts";
import { LessonServer } from "../of_lessons/lesson_process.ts";
import { type Load, type Served, served } from "./load.ts";

const ROUNDS = 3, SECONDS = 3, CLIENTS = 200;
/** Model 3 does most of all; of a PING there it tells that it was read, begun, finished, written. */
const LESSON = 3, EVENTS_A_REQUEST = 4;
const EVENTS_A_SECOND = 2000;

type Kind = Pick<Load, "aSecond">;

async function alone(kind: Kind): Promise<Served> {
  const server = await LessonServer.start(LESSON, ["--trace", "off"]);
  const { port } = server;
  const result = await served({ port, clients: CLIENTS, seconds: SECONDS, ...kind });
  await server.stop();
  return result;
}

async function watched(session: Session, kind: Kind): Promise<Served> {
  await session.start(LESSON, {}, "model");
  const listen = session.happened?.events.find((one) =>
    one.source === "server" && one.event === "listen"
  ) as ServerEvent;
  const port = Number(listen.detail.split(":").at(-1));
  const result = await served({ port, clients: CLIENTS, seconds: SECONDS, ...kind });
  await session.stop();
  return result;
}

/** A line of figures: both, and the share of the one that is watched. */
async function compared(session: Session, what: string, kind: Kind): Promise<string> {
  const sum: Record<"alone" | "watched", Served[]> = { alone: [], watched: [] };
  for (let round = 0; round < ROUNDS; round++) {
    sum.alone.push(await alone(kind));
    sum.watched.push(await watched(session, kind));
  }
  const [plain, seen] = [sum.alone, sum.watched].map((all) => {
    const replies = all.reduce((count, one) => count + one.replies, 0);
    const cpuUs = all.reduce((us, one) => us + one.cpuUs, 0);
    return { aSecond: replies / ROUNDS / SECONDS, each: cpuUs / replies };
  });
  const share = (100 * seen.aSecond / plain.aSecond).toFixed(0);
  const dearer = (seen.each / plain.each).toFixed(2);
  return `${what}: ${plain.aSecond.toFixed(0)} replies/s with the trace off, ` +
    `${seen.aSecond.toFixed(0)} watched: ${share} %; ` +
    `of the server's CPU a reply takes ${dearer} times as much`;
}

/**
 * Prints two lines: as much as the server can do, and as much as makes 2,000 events a second.
 *
 * @param session what a page watches.
 */
export async function watchedSpeed(session: Session): Promise<void> {
  const model = `model ${LESSON}, ${CLIENTS} clients`;
  const aSecond = EVENTS_A_SECOND / EVENTS_A_REQUEST;
  console.log(await compared(session, `${model}, each asks again at once`, {}));
  const paced = `${model}, ${EVENTS_A_SECOND} events/s`;
  console.log(await compared(session, paced, { aSecond }));
}
