/** The sockets of this machine and what lies in their queues, as Linux lists them in /proc/net. */
import { processTree } from "./proc.ts";
import { entries, link, text } from "./proc_files.ts";

/** One TCP socket of this machine. */
export interface SocketSample {
  /** As it is called among the descriptors of whoever has it open; see `socketNames`. */
  readonly name: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly listening: boolean;
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
  const found = socketsIn("/proc/net/tcp", `\\w+:${anyOf(ports)} `);
  const rest = ports.filter((port) => !isUsed(found, port));
  if (rest.length === 0) return found;
  return [...found, ...socketsIn("/proc/net/tcp6", `\\w+:${anyOf(rest)} `)];
}

/** Whether a process has a socket at the port; an earlier one's may linger there, and be nobody's. */
function isUsed(sockets: readonly SocketSample[], port: number): boolean {
  return sockets.some(({ localPort, open }) => localPort === port && open);
}

function anyOf(ports: readonly number[]): string {
  const hexPorts = ports.map((port) => port.toString(16).toUpperCase().padStart(4, "0"));
  return `(?:${hexPorts.join("|")})`;
}

/** As /proc/net/tcp writes them, `include/net/tcp_states.h` in Linux. */
const LISTEN = "0A", TIME_WAIT = "06";

/** The sockets of a list whose lines begin as the pattern says, behind the number in front. */
function socketsIn(list: string, pattern: string): SocketSample[] {
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
    open: inode !== "0",
    receiveQueue,
    sendQueue,
  };
}

/** The sockets that the process and its descendants have open, as one text; cheap to ask for. */
export function socketNames(pid: number): string {
  return processTree(pid).flatMap((one) =>
    entries(`/proc/${one}/fd`).map((fd) => link(`/proc/${one}/fd/${fd}`))
  ).filter((name) => name.startsWith("socket:")).sort().join(" ");
}

/** The ports on which sockets of these names listen; the names as `socketNames` gives them. */
export function listeningPorts(names: string): number[] {
  const own = new Set(names.split(" "));
  const all = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((list) => socketsIn(list, ""));
  const ours = all.filter(({ listening, name }) => listening && own.has(name));
  return [...new Set(ours.map(({ localPort }) => localPort))];
}

/** The connections of this machine to one of its own ports: their two ends. */
export function socketPairs(port: number): { near: SocketSample; far: SocketSample }[] {
  const either = `(?:\\w+:${anyOf([port])} |\\w+:\\w+ \\w+:${anyOf([port])} )`;
  const ends = socketsIn("/proc/net/tcp", either);
  // A server that listens on [::] has its ends in the other list.
  if (!isUsed(ends, port)) ends.push(...socketsIn("/proc/net/tcp6", either));
  const far = new Map(ends.map((end) => [end.localPort, end]));
  return ends.flatMap((near) => {
    const other = far.get(near.remotePort);
    return near.localPort === port && other !== undefined ? [{ near, far: other }] : [];
  });
}

/** The two ends of one connection to a server of this machine, as far as they still are. */
export function connectionEnds(
  serverPort: number,
  clientPort: number,
): { server?: SocketSample; client?: SocketSample } {
  const sockets = socketsAt(serverPort, clientPort);
  const between = (port: number, remotePort: number) =>
    sockets.find((one) => one.localPort === port && one.remotePort === remotePort);
  return { server: between(serverPort, clientPort), client: between(clientPort, serverPort) };
}

/** In a line of /proc/net/softnet_stat, since Linux 5.10. */
const BACKLOG_FIELD = 11;

/**
 * Whether packets, of whatever program, wait for the kernel to pass them on: it has a thread for that
 * on each core, which on an overloaded machine has to wait for the core as everybody else.
 */
export function packetsWait(): boolean {
  return text("/proc/net/softnet_stat").trim().split("\n").some((core) =>
    parseInt(core.split(" ")[BACKLOG_FIELD] ?? "0", 16) > 0
  );
}

/** Connections that wait in the accept queue of the port; undefined when nothing listens there. */
export function acceptQueue(port: number): number | undefined {
  const listening = socketsAt(port).filter((socket) => socket.listening);
  if (listening.length === 0) return undefined;
  return listening.reduce((sum, socket) => sum + socket.receiveQueue, 0);
}
