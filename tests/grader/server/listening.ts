/**
 * Waits until a server that was started listens. A server that never will is told from one that is
 * slow by what it does, not by the time that it takes: it waits and no thread of it runs, or it has
 * used up far more CPU time than a start needs.
 */
import { ThreadLooks } from "./at_rest.ts";
import { listeningPorts, listensForClients, socketNames } from "./sockets.ts";
import { threadsOf } from "./proc.ts";
import { TargetError } from "./target.ts";

/** How much is waited for. A start costs a Deno program 0.2 s of CPU time, and it never pauses. */
const PATIENCE = {
  file: { quietMs: 2000, cpuMs: 2000 },
  /** A compiler may run first, or a package be asked for over the network. */
  command: { quietMs: 8000, cpuMs: 20_000 },
};
/** Whatever the server does. */
const MOST_MS = 30_000;
/** Below the range from which the system takes ports for clients, so that none is in the way. */
const FIRST_PORT = 20_000, PORTS = 12_000;
const POLL_MS = 5;
/** Between two looks at the system's list of sockets while the server opens none. */
const READ_EVERY_MS = 50;
/** Between two looks at the server's threads. */
const LOOK_EVERY_MS = 25;
/** So many in a row without a thread that runs, at least. */
const QUIET_LOOKS = 20;

/**
 * Waits until the port is listened on.
 *
 * @param ended whether the server has ended, which ends the waiting.
 * @returns whether it listens; false when it has ended.
 * @throws TargetError when it certainly is not going to.
 */
export async function untilListening(
  pid: number,
  port: number,
  kind: keyof typeof PATIENCE,
  ended: () => boolean,
): Promise<boolean> {
  const { quietMs, cpuMs } = PATIENCE[kind];
  const startMs = performance.now();
  const looks = new ThreadLooks();
  let lookMs = startMs, busyMs = startMs, quietLooks = 0;
  const listens = listenCheck(pid, port);
  while (!listens()) {
    if (ended()) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const nowMs = performance.now();
    if (nowMs - startMs > MOST_MS) throw never(port, `after ${MOST_MS / 1000} s`);
    if (nowMs - lookMs < LOOK_EVERY_MS) continue;
    lookMs = nowMs;
    if (looks.next(threadsOf(pid)).works) [quietLooks, busyMs] = [0, nowMs];
    else quietLooks++;
    if (looks.usedNs > cpuMs * 1e6) throw never(port, `after ${cpuMs / 1000} s of CPU time`);
    // Time alone says nothing: this program may not have run either.
    if (quietLooks >= QUIET_LOOKS && nowMs - busyMs > quietMs) {
      throw never(port, `and waits: no thread of it runs${elsewhere(pid, port)}`);
    }
  }
  return true;
}

/**
 * The list of listening sockets is dear to read: it is read when the server has opened or closed a
 * socket, and every now and then, because between opening it and listening on it nothing shows.
 */
function listenCheck(pid: number, port: number): () => boolean {
  let names = "", readMs = performance.now();
  return () => {
    const now = socketNames(pid);
    const nowMs = performance.now();
    if (now === names && nowMs - readMs < READ_EVERY_MS) return false;
    [names, readMs] = [now, nowMs];
    // Another program may have taken the port since it was found free.
    return listensForClients(port, new Set(now.split(" ")));
  };
}

/** A server that does not take the port which it was told, or another address, is worth a word. */
function elsewhere(pid: number, port: number): string {
  const ports = listeningPorts(socketNames(pid));
  if (ports.includes(port)) return "; it listens there on another address, such as [::1]";
  return ports.length === 0 ? "" : `; it listens on port ${ports.join(" and ")} instead`;
}

function never(port: number, when: string): TargetError {
  return new TargetError(`does not listen on 127.0.0.1:${port} ${when}`);
}

/** A port on which nobody listens. */
export function freePort(): number {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
