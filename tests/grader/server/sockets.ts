/** The sockets of this machine and what lies in their queues, as Linux lists them in /proc/net. */
import { entries, link, text } from "../../../lessons/lab/sample/proc_files.ts";
import {
  atPorts,
  isUsed,
  type SocketSample,
  socketsAt,
  socketsIn,
} from "../../../lessons/lab/sample/sockets.ts";
import { processTree } from "../../../lessons/lab/sample/threads.ts";

export {
  acceptQueue,
  listedSockets,
  type SocketSample,
  socketsAt,
} from "../../../lessons/lab/sample/sockets.ts";

/** The sockets that the process and its descendants have open, as one text; cheap to ask for. */
export function socketNames(pid: number): string {
  return processTree(pid).flatMap((one) =>
    entries(`/proc/${one}/fd`).map((fd) => link(`/proc/${one}/fd/${fd}`))
  ).filter((name) => name.startsWith("socket:")).sort().join(" ");
}

/** Whether the process has the socket of that name open. */
export function hasOpen(pid: number, name: string): boolean {
  return entries(`/proc/${pid}/fd`).some((fd) => link(`/proc/${pid}/fd/${fd}`) === name);
}

/** Addresses, as the lists write them, at which a client of 127.0.0.1 is heard: it, and all. */
const HEARD = "(?:00000000|0100007F|0{32}|0{16}FFFF00000100007F)";

/** Whether one of these sockets listens at the port for clients of 127.0.0.1. */
export function listensForClients(port: number, names: ReadonlySet<string>): boolean {
  const at = `${HEARD}:${atPorts([port])} `;
  return ["/proc/net/tcp", "/proc/net/tcp6"].some((list) =>
    socketsIn(list, at).some(({ listening, name }) => listening && names.has(name))
  );
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
  const either = `(?:\\w+:${atPorts([port])} |\\w+:\\w+ \\w+:${atPorts([port])} )`;
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
