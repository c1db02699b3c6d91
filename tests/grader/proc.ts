/**
 * A program as the operating system sees it: its threads, their CPU time and states, its descriptors,
 * and the queues of its sockets. Read from Linux's /proc; the formats are those of proc(5) and of
 * Linux's Documentation/scheduler/sched-stats.rst.
 */

/** One thread of one process, at one moment. */
export interface ThreadSample {
  /** Names the thread; the kernel's number for it. */
  readonly tid: number;
  readonly pid: number;
  readonly name: string;
  /** R: runs or waits for a core. S: sleeps. D: waits for a disk. Z: has ended. */
  readonly state: string;
  /** CPU time, in nanoseconds. */
  readonly cpuNs: number;
  /** The part of it spent in the kernel, in clock ticks of 10 ms. */
  readonly systemTicks: number;
  /** How often the thread was put on a core. */
  readonly runs: number;
}

/** True where this module can work. */
export const procExists = Deno.build.os === "linux";

/** The process and all its descendants; empty once they are gone. */
export function processTree(pid: number): number[] {
  const tree = alive(pid) ? [pid] : [];
  for (const parent of tree) {
    for (const task of entries(`/proc/${parent}/task`)) {
      const children = text(`/proc/${parent}/task/${task}/children`);
      tree.push(...children.split(" ").filter((word) => word !== "").map(Number));
    }
  }
  return tree;
}

/** Whether the process exists and has not ended. */
export function alive(pid: number): boolean {
  const stat = text(`/proc/${pid}/stat`);
  return stat !== "" && !/\) [ZX] /.test(stat);
}

/** Every thread of the process and its descendants. */
export function threadsOf(pid: number): ThreadSample[] {
  const samples: ThreadSample[] = [];
  for (const process of processTree(pid)) {
    for (const tid of entries(`/proc/${process}/task`)) {
      const folder = `/proc/${process}/task/${tid}`;
      const stat = text(`${folder}/stat`);
      const nameEnd = stat.lastIndexOf(")");
      if (nameEnd === -1) continue;
      const fields = stat.slice(nameEnd + 2).split(" ");
      const [cpuNs, , runs] = text(`${folder}/schedstat`).trim().split(" ").map(Number);
      samples.push({
        tid: Number(tid),
        pid: process,
        name: stat.slice(stat.indexOf("(") + 1, nameEnd),
        state: fields[0],
        cpuNs: cpuNs || 0,
        systemTicks: Number(fields[12]),
        runs: runs || 0,
      });
    }
  }
  return samples;
}

/** Threads of the process, and its resident memory in bytes; 0 of each once it is gone. */
export function statusOf(pid: number): { threads: number; residentBytes: number } {
  const status = text(`/proc/${pid}/status`);
  const figure = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { threads: figure("Threads"), residentBytes: figure("VmRSS") * 1024 };
}

/** Resident memory of the process and its descendants, in bytes; shared pages count for each. */
export function residentBytes(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + statusOf(one).residentBytes, 0);
}

/** How many descriptors the process and its descendants have open. */
export function openDescriptors(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + entries(`/proc/${one}/fd`).length, 0);
}

/** One TCP socket of this machine. */
export interface SocketSample {
  readonly localPort: number;
  readonly remotePort: number;
  readonly listening: boolean;
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
  const rest = ports.filter((port) => !found.some(({ localPort }) => localPort === port));
  if (rest.length === 0) return found;
  return [...found, ...socketsIn("/proc/net/tcp6", `\\w+:${anyOf(rest)} `)];
}

function anyOf(ports: readonly number[]): string {
  const hexPorts = ports.map((port) => port.toString(16).toUpperCase().padStart(4, "0"));
  return `(?:${hexPorts.join("|")})`;
}

/** The lines of a list that begin as the pattern says, behind the number in front. */
function socketsIn(list: string, pattern: string): SocketSample[] {
  const ours = new RegExp(`^ *\\d+: ${pattern}.*$`, "gm");
  return Array.from(text(list).matchAll(ours), ([line]) => {
    const [, local, remote, state, queues] = line.trim().split(/\s+/);
    const [localPort, remotePort] = [local, remote].map((at) => parseInt(at.split(":")[1], 16));
    const [sendQueue, receiveQueue] = queues.split(":").map((size) => parseInt(size, 16));
    return { localPort, remotePort, listening: state === "0A", receiveQueue, sendQueue };
  });
}

/** The sockets that the process and its descendants have open, as one text; cheap to ask for. */
export function socketNames(pid: number): string {
  return processTree(pid).flatMap((one) =>
    entries(`/proc/${one}/fd`).map((fd) => link(`/proc/${one}/fd/${fd}`))
  ).filter((name) => name.startsWith("socket:")).sort().join(" ");
}

/** The connections of this machine to one of its own ports: their two ends. */
export function socketPairs(port: number): { near: SocketSample; far: SocketSample }[] {
  const either = `(?:\\w+:${anyOf([port])} |\\w+:\\w+ \\w+:${anyOf([port])} )`;
  const ends = [...socketsIn("/proc/net/tcp", either), ...socketsIn("/proc/net/tcp6", either)];
  const far = new Map(ends.map((end) => [end.localPort, end]));
  return ends.flatMap((near) => {
    const other = far.get(near.remotePort);
    return near.localPort === port && other !== undefined ? [{ near, far: other }] : [];
  });
}

/** Connections that wait in the accept queue of the port; undefined when nothing listens there. */
export function acceptQueue(port: number): number | undefined {
  const listening = socketsAt(port).filter((socket) => socket.listening);
  if (listening.length === 0) return undefined;
  return listening.reduce((sum, socket) => sum + socket.receiveQueue, 0);
}

/** The text of a file in /proc; empty when what it describes is gone. */
function text(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (isGone(error)) return "";
    throw error;
  }
}

/** Where a symbolic link in /proc leads; empty when what it describes is gone. */
function link(path: string): string {
  try {
    return Deno.readLinkSync(path);
  } catch (error) {
    if (isGone(error)) return "";
    throw error;
  }
}

function entries(path: string): string[] {
  try {
    return Array.from(Deno.readDirSync(path), ({ name }) => name);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** ESRCH comes from a thread that ended between opening the file and reading it. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || /os error 3\)/.test(String(error));
}
