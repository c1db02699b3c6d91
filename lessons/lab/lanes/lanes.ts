/**
 * One account of what happened: lanes of threads, of clients and of the kernel, from events of three
 * sources. It runs in Deno and in a browser, and asks neither for anything.
 *
 * Events are appended as they come, those of one thread or client in the order of time, or nearly so.
 */
import { insertByTime, type Timed } from "./by_time.ts";
import { ClientIndex } from "./client_index.ts";
import type { ClientLane } from "./client_lane.ts";
import { sampled } from "./client_samples.ts";
import type { ClientEvent, GraderStep, KernelSample, LabEvent, ServerEvent } from "./events.ts";
import { KernelLane } from "./kernel_lane.ts";
import { ThreadLane } from "./thread_lane.ts";

/** A thread's end, for whoever waited for it. */
export interface ThreadEnd extends Timed {
  readonly thread: ThreadLane;
}

/** All lanes of one run. */
export class Lanes {
  /** By name, in the order in which they were heard of. */
  readonly threads = new Map<string, ThreadLane>();
  readonly kernel = new KernelLane();
  /** Threads that ended, in the order of time. */
  readonly threadEnds: ThreadEnd[] = [];
  /** The steps of an experiment that was made on the server. */
  readonly graderSteps: GraderStep[] = [];
  /** The time of the latest event. */
  nowUs = 0;
  /** False as long as the server has told nothing: then its clients and the kernel tell the rest. */
  hasTrace = false;
  readonly #index = new ClientIndex();

  /** In the order in which they were heard of. */
  get clients(): readonly ClientLane[] {
    return this.#index.all;
  }

  /** Takes the next event. */
  add(event: LabEvent): void {
    this.nowUs = Math.max(this.nowUs, event.us);
    if (event.source === "server") this.#addServer(event);
    else if (event.source === "client") this.#addClient(event);
    else if (event.source === "kernel") this.#addKernel(event);
    else this.graderSteps.push(event);
  }

  /** Time goes on though nothing happens. */
  passTo(us: number): void {
    this.nowUs = Math.max(this.nowUs, us);
  }

  /** Forgets what was over before a time, so that a run of hours needs no more memory. */
  forgetBefore(us: number): void {
    for (const [name, { endedUs, steps }] of this.threads) {
      const kept = steps.findIndex((step) => step.us >= us);
      // The last step before then tells what the thread was doing.
      steps.splice(0, (kept === -1 ? steps.length : kept) - 1);
      if (endedUs !== undefined && endedUs < us) this.threads.delete(name);
    }
    for (const client of this.clients) client.forgetBefore(us);
    this.#index.remove(new Set(this.clients.filter((client) => client.isOver(us))));
    this.threadEnds.splice(0, this.threadEnds.findLastIndex((end) => end.us < us) + 1);
    this.kernel.forgetBefore(us);
  }

  #addServer(event: ServerEvent): void {
    this.hasTrace = true;
    const thread = this.#thread(event.thread);
    if (event.event === "thread-start") thread.started(event.us, event.detail);
    const client = event.connection === 0 ? undefined : this.#index.served(event, thread);
    if (client !== undefined) noteThreadUp(client, thread);
    const request = client?.wasServed(event, thread.name) ?? 0;
    thread.add({ us: event.us, event: event.event, client, request, detail: event.detail });
    if (event.event === "thread-exit") this.#threadEnded(thread, event.us);
  }

  #thread(name: string): ThreadLane {
    let thread = this.threads.get(name);
    if (thread === undefined) this.threads.set(name, thread = new ThreadLane(name));
    return thread;
  }

  #threadEnded(thread: ThreadLane, us: number): void {
    thread.endedUs = us;
    insertByTime(this.threadEnds, { us, thread });
    if (!thread.isProcess) return;
    // A process that was killed takes its connections with it, and says nothing about them.
    for (const client of this.clients) {
      if (client.acceptedBy === thread.name) client.closedUs ??= us;
    }
  }

  #addClient(event: ClientEvent): void {
    this.#index.acting(event).didItself(event);
  }

  #addKernel(sample: KernelSample): void {
    this.kernel.add(sample);
    if (this.hasTrace) return;
    const byPort = new Map(sample.connections.map((one) => [one.port, one]));
    for (const client of this.clients) sampled(client, byPort.get(client.port), sample.us);
  }
}

/** A thread that came up after the accept, and did the first thing for the client, is the client's. */
function noteThreadUp(client: ClientLane, { startedUs }: ThreadLane): void {
  const { acceptedUs, requests: [first] } = client;
  if (first?.noticedUs !== undefined || startedUs === undefined || acceptedUs === undefined) return;
  if (startedUs > acceptedUs) client.threadUpUs ??= startedUs;
}
