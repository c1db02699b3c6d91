/**
 * How many descriptors this process may still open, and how many connections fit into that. Where they
 * run out Deno is at its worst: a thread that starts without them ends the whole process, and a
 * listener of Node's that could not accept is deaf from then on.
 *
 * Deno has no call that tells the limit (`ulimit -n`; at its start it raises the soft one to the hard
 * one). So it is tried out: as many as are needed are opened, and closed again.
 */

import type { Floor } from "../options.ts";

// Deno 2.9.6: a Worker without descriptors is a panic, seen on Linux. It has 6, and opens files.
/** A thread's own: its event loop, what wakes it, and one in passing. */
const DENO_THREAD = 7;
/** On the kernel floor it may have a loop and a doorbell besides. */
const KERNEL_THREAD: number = DENO_THREAD + 2;
/** Files that a thread reads at its start, beside those that start with it. */
const IN_PASSING = 4;
/** Left free for what is opened in passing: a file, a duplicate. */
const SPARE = 16;
/** While those who wait are taken, as many may come. */
const REFILLED = 2;
/** Refused connections that are kept open at once, where there is room for as many others. */
const MOST_REFUSED = 100;

/** What one thread of the server has open. */
export function threadDescriptors(io: Floor = "deno"): number {
  return io === "kernel" ? KERNEL_THREAD : DENO_THREAD;
}

/** What a floor's own threads will have open; they are started when it is known what fits. */
export function floorDescriptors(io: Floor): number {
  return io === "kernel" ? DENO_THREAD : 0;
}

/** How many connections there is room for. */
export interface Room {
  /** Those that are served at once. */
  readonly served: number;
  /** Those that are refused and not closed yet. */
  readonly refused: number;
  /** Whether those that may be taken at once could need more descriptors than there are. */
  readonly few: boolean;
}

/** What connections cost, and what has descriptors besides. */
export interface DescriptorCost {
  /** Of one connection. Default: 1. */
  readonly each?: number;
  /** Of all that is still to come and is no connection. Default: 0. */
  readonly besides?: number;
  /** Connections that are taken at once, before the first of them is looked at. Default: 0. */
  readonly atOnce?: number;
}

/**
 * How many connections fit.
 *
 * @param wanted so many, at most. Fewer are said on standard error.
 * @throws Error when not one fits.
 */
export function connectionsThatFit(wanted: number, cost: DescriptorCost = {}): Room {
  const { each = 1, besides = 0, atOnce = 0 } = cost;
  const all = wanted * each + MOST_REFUSED + besides + SPARE;
  const withThoseAtOnce = all + REFILLED * atOnce;
  const found = freeDescriptors(withThoseAtOnce);
  const free = Math.min(found, all) - besides - SPARE;
  const withAllRefused = Math.floor((free - MOST_REFUSED) / each);
  const enough = withAllRefused >= Math.min(wanted, MOST_REFUSED);
  const served = said(
    "connections",
    wanted,
    enough ? withAllRefused : Math.floor(free / (each + 1)),
  );
  return { served, refused: enough ? MOST_REFUSED : served, few: found < withThoseAtOnce };
}

/**
 * How many threads fit, each with a descriptor of a connection; they get half of what is left.
 *
 * @param besides descriptors that are needed first.
 * @throws Error when not one fits.
 */
export function threadsThatFit(wanted: number, besides: number, io?: Floor): number {
  const each = 2 * (threadDescriptors(io) + 1);
  const free = freeDescriptors(wanted * each + besides + SPARE) - besides - SPARE;
  return said("threads at once", wanted, Math.floor(free / each));
}

/** Whether a thread can be started now: those that have just ended may not have given all back. */
export function roomForThread(io: Floor): boolean {
  const needed = threadDescriptors(io) + IN_PASSING;
  return freeDescriptors(needed) === needed;
}

function said(what: string, wanted: number, most: number): number {
  if (most >= wanted) return wanted;
  const room = `the limit of descriptors (ulimit -n) leaves room for ${Math.max(most, 0)} ${what}`;
  if (most < 1) throw new Error(room);
  console.error(`${room}, not for ${wanted}`);
  return most;
}

/** How many more descriptors can be opened; `most` of them are tried. */
export function freeDescriptors(most: number): number {
  const open: Deno.FsFile[] = [];
  try {
    while (open.length < most) open.push(Deno.openSync(new URL(import.meta.url)));
    return most;
  } catch (error) {
    // Without the permission to read this file nothing can be said.
    return error instanceof Deno.errors.NotCapable ? most : open.length;
  } finally {
    for (const file of open) file.close();
  }
}
