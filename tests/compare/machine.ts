/** The machine on which something is measured, and whether others use it. */
import { text } from "../../lessons/lab/sample/proc_files.ts";
import type { Machine } from "./figures.ts";

const LOOK_MS = 500;
/** From here on others have a say in the figures. */
const BUSY = 0.1;

/** Looks at the machine, for half a second. */
export async function thisMachine(): Promise<Machine> {
  const cpu = /^model name\s*: (.+)$/m.exec(text("/proc/cpuinfo"))?.[1] ?? "unknown CPU";
  const [load] = Deno.loadavg();
  const before = coreTimes();
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const after = coreTimes();
  const busy = before && after
    ? { busy: 1 - (after.idle - before.idle) / (after.all - before.all) }
    : {};
  return {
    cores: navigator.hardwareConcurrency,
    cpu,
    memory_bytes: Deno.systemMemoryInfo().total,
    os: `${Deno.build.os} ${/^\d+(\.\d+)?/.exec(Deno.osRelease())?.[0] ?? ""}`,
    deno: Deno.version.deno,
    load_average: load,
    ...busy,
  };
}

/** The first line of /proc/stat, in clock ticks: of all time, what nobody used. */
function coreTimes(): { idle: number; all: number } | undefined {
  const line = /^cpu +(.+)$/m.exec(text("/proc/stat"))?.[1];
  if (line === undefined) return undefined;
  const [user, nice, system, idle, wait, irq, softIrq, steal] = line.split(" ").map(Number);
  const unused = idle + wait;
  return { idle: unused, all: unused + user + nice + system + irq + softIrq + steal };
}

/** A warning when others use the machine; undefined when they do not, as far as can be seen. */
export function warningOf({ busy, cores, load_average }: Machine): string | undefined {
  const used = busy ?? load_average / cores;
  if (used <= BUSY) return undefined;
  return `warning: others use ${Math.round(used * 100)} % of this machine; the figures suffer`;
}

/** The machine in one line. */
export function machineText({ cores, cpu, memory_bytes, os, deno, load_average }: Machine): string {
  const memory = Math.round(memory_bytes / 2 ** 30);
  return [
    `${cores} core${cores === 1 ? "" : "s"}`,
    cpu,
    `${memory} GiB`,
    os,
    `Deno ${deno}`,
    `load ${load_average.toFixed(2)}`,
  ].join(", ");
}
