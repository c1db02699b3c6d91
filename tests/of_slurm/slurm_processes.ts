/** The processes of a small Slurm, found by their variables, and what they say. */
import { join } from "node:path";

const SAID = 2000;

/** The processes that have all of these variables. */
export function processesWith(...variables: string[]): number[] {
  const pids = Array.from(Deno.readDirSync("/proc"), ({ name }) => Number(name)).filter(Boolean);
  return pids.filter((pid) => {
    const own = textOf(pid, "environ").split("\0");
    return variables.every((one) => own.includes(one));
  });
}

/** Its parent; 0 when it has ended. */
export function parentOf(pid: number): number {
  return Number(textOf(pid, "stat").replace(/^.*\) /s, "").split(" ")[1]);
}

/** Whether it is what Slurm puts between a node and a job. */
export function isStep(pid: number): boolean {
  return textOf(pid, "cmdline").startsWith("slurmstepd");
}

/** "" of a process that has ended. */
function textOf(pid: number, file: string): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch {
    return "";
  }
}

/** Ends it at once; one that has ended is left alone. */
export function kill(pid: number): void {
  try {
    if (pid > 1) Deno.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** The last that each log in a folder says. */
export function logsIn(folder: string): string {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  return names.filter((name) => name.endsWith(".log"))
    .map((name) => `${name}: ${Deno.readTextFileSync(join(folder, name)).slice(-SAID)}`)
    .join("\n");
}
