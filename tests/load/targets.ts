/** What a load is sent to: a lesson's server, which is started for it, or one that is there already. */
import { lessonOf, NUMBERS } from "../../lessons/catalogue.ts";
import { shortened, UsageError } from "../../lessons/tools/flags.ts";
import { addressText, isLoopback } from "../../lessons/tools/address.ts";
import type { Floor } from "../../models/parts/options.ts";
import { SIZES } from "../../models/parts/sizes.ts";
import { startModel } from "../compare/programs.ts";
import { hasOpen, socketsAt } from "../grader/server/sockets.ts";
import { entries } from "../../lessons/lab/sample/proc_files.ts";
import type { Address } from "./generator/load_client.ts";

/** A server to measure. */
export interface Target {
  /** At most 24 characters. */
  readonly name: string;
  readonly lesson?: { readonly number: number; readonly io: Floor };
  readonly address?: Address;
}

/** A server that listens. */
export interface Subject {
  readonly address: Address;
  /** Where it can be found out: so that its CPU time and memory can be looked at. */
  readonly pid?: number;
  stop(): Promise<void>;
}

/** Threads that a lesson with a thread for each client may be asked for: each takes some 12 MB. */
const MOST_THREADS = 200;

/**
 * Reads a word of the command line: `3`, or `127.0.0.1:6379`.
 *
 * @param floors a lesson's server is measured on each.
 * @throws UsageError when it is neither, or another machine.
 */
export function targetsOf(word: string, floors: readonly Floor[]): Target[] {
  if (/^\d+$/.test(word)) {
    const number = Number(word);
    if (!NUMBERS.includes(number)) throw new UsageError(`there is no lesson ${shortened(word)}`);
    return floors.map((io) => ({ name: `lesson ${number} ${io}`, lesson: { number, io } }));
  }
  const [, bracketed, plain, digits] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(word) ?? [];
  const hostname = bracketed ?? plain, port = Number(digits);
  if (hostname === undefined || port < 1 || port > 65_535) {
    throw new UsageError(`'${shortened(word)}' is neither a lesson nor HOST:PORT`);
  }
  if (hostname === "localhost") return [address("127.0.0.1", port)];
  if (!isLoopback(hostname)) {
    throw new UsageError(
      `load is for servers on this machine: ${shortened(hostname)} is no loopback address`,
    );
  }
  return [address(hostname, port)];
}

function address(hostname: string, port: number): Target {
  return { name: addressText({ hostname, port }), address: { hostname, port } };
}

/** @throws UsageError when a lesson's server cannot serve so many clients. */
export function checkClients({ lesson }: Target, clients: number, idle: number, churn: boolean) {
  if (lesson === undefined) return;
  const { serial, works, number } = lessonOf(lesson.number);
  if (serial && (idle > 0 || (clients > 1 && !churn))) {
    throw new UsageError(`lesson ${number} serves one client: --clients 1, no --idle, or --churn`);
  }
  const threads = works === "thread" ? clients + idle : works === "event" ? clients : 0;
  if (threads > MOST_THREADS) {
    throw new UsageError(`lesson ${number} would need ${threads} threads: at most ${MOST_THREADS}`);
  }
}

/**
 * Starts a lesson's server with room for so many clients; one that is there already is only named.
 *
 * @throws Error when it does not listen.
 */
export async function startTarget({ lesson, address }: Target, clients: number): Promise<Subject> {
  if (address !== undefined) {
    return { address, pid: listenerAt(address.port), stop: () => Promise.resolve() };
  }
  if (lesson === undefined) throw new TypeError("neither a lesson nor an address");
  const { usual, most } = SIZES.maxConnections;
  // Who has left may not be forgotten yet when the next one comes.
  const maxConnections = Math.min(most, Math.max(usual, 2 * clients));
  const server = await startModel(lesson.number, lesson.io, { maxConnections });
  const { port, pid } = server;
  return { address: { hostname: "127.0.0.1", port }, pid, stop: () => server.stop() };
}

/** The first of the processes that have the listening socket; undefined when they are another user's. */
function listenerAt(port: number): number | undefined {
  const names = socketsAt(port).filter(({ listening }) => listening).map(({ name }) => name);
  return entries("/proc").filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b)
    .find((pid) => names.some((name) => hasOpen(pid, name)));
}
