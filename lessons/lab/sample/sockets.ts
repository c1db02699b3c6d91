/** The sockets of this machine and what lies in their queues, as Linux lists them in /proc/net. */
import { text } from "./proc_files.ts";

/** One TCP socket of this machine. */
export interface SocketSample {
  /** As it is called among the descriptors of whoever has it open; see `socketNames`. */
  readonly name: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly listening: boolean;
  /** Whether the other side's end (FIN) has come. */
  readonly halfClosed: boolean;
  /** Whether a process has it open. A connection that lies in an accept queue is nobody's yet. */
  readonly open: boolean;
  /** Bytes that came and were not read; of a listening socket, connections not yet accepted. */
  readonly receiveQueue: number;
  /** Bytes that were written and that the other side has not acknowledged. */
  readonly sendQueue: number;
}

/**
 * The sockets that have one of the ports at their own end. Costs the kernel up to 8 ms for each of its
 * two lists, however few sockets there are: it looks through its whole table.
 */
export function socketsAt(...ports: number[]): SocketSample[] {
  const found = socketsIn("/proc/net/tcp", `\\w+:${atPorts(ports)} `);
  const rest = ports.filter((port) => !isUsed(found, port));
  if (rest.length === 0) return found;
  return [...found, ...socketsIn("/proc/net/tcp6", `\\w+:${atPorts(rest)} `)];
}

/** Whether a process has a socket at the port; an earlier one's may linger there, and be nobody's. */
export function isUsed(sockets: readonly SocketSample[], port: number): boolean {
  return sockets.some(({ localPort, open }) => localPort === port && open);
}

/** Any of the ports, as a pattern for the lists. */
export function atPorts(ports: readonly number[]): string {
  const hexPorts = ports.map((port) => port.toString(16).toUpperCase().padStart(4, "0"));
  return `(?:${hexPorts.join("|")})`;
}

/** As /proc/net/tcp writes them, `include/net/tcp_states.h` in Linux. */
const LISTEN = "0A", TIME_WAIT = "06", CLOSE_WAIT = "08";

/** The sockets of a list whose lines begin as the pattern says, behind the number in front. */
export function socketsIn(list: string, pattern: string): SocketSample[] {
  return listedSockets(text(list), pattern);
}

/**
 * The same, of a list that was read. What is left of a connection for a minute after its end
 * (TIME_WAIT) is no socket, and may be of an earlier server on the same port: it is left out.
 *
 * A long list is read in pieces. When connections come in between, the kernel goes back by as many
 * lines, and some are there twice: of a connection, which its two ends name, the later line counts.
 */
export function listedSockets(list: string, pattern = ""): SocketSample[] {
  const ours = new RegExp(`^ *\\d+: ${pattern}.*$`, "gm");
  const sockets = new Map<string, SocketSample>();
  for (const [line] of list.matchAll(ours)) {
    const fields = line.trim().split(/\s+/);
    const [, local, remote, state, , , , , , inode] = fields;
    if (state === TIME_WAIT) continue;
    // Several may listen on one port.
    const own = state === LISTEN ? inode : "";
    sockets.set(`${local} ${remote} ${own}`, socketOf(fields));
  }
  return [...sockets.values()];
}

/** The socket that stands in a line, given as its fields. */
function socketOf(fields: readonly string[]): SocketSample {
  const [, local, remote, state, queues, , , , , inode] = fields;
  const [localPort, remotePort] = [local, remote].map((at) => parseInt(at.split(":")[1], 16));
  const [sendQueue, receiveQueue] = queues.split(":").map((size) => parseInt(size, 16));
  return {
    name: `socket:[${inode}]`,
    localPort,
    remotePort,
    listening: state === LISTEN,
    halfClosed: state === CLOSE_WAIT,
    open: inode !== "0",
    receiveQueue,
    sendQueue,
  };
}

/** Connections that wait in the accept queue of the port; undefined when nothing listens there. */
export function acceptQueue(port: number): number | undefined {
  const listening = socketsAt(port).filter((socket) => socket.listening);
  if (listening.length === 0) return undefined;
  return listening.reduce((sum, socket) => sum + socket.receiveQueue, 0);
}
