/**
 * What the parts of one server have in common: the model's name and sizes, the limits, the shared
 * memory, the trace. `shared` can be posted to a thread, which makes its own context from it.
 */
import { Business } from "./protocol/business.ts";
import { checkOptions } from "./server/check_options.ts";
import type { ConnectionOptions } from "./connection/connection_options.ts";
import type { Floor, ServeOptions } from "./options.ts";
import { SharedState } from "./server/shared_state.ts";
import { threadDescriptors } from "./sockets/descriptors.ts";
import { DEFAULTS, IDLE_TIMEOUT_MS } from "./sizes.ts";
import { enterKernel, type KernelShared, KernelThread } from "./kernel/kernel_thread.ts";
import { createTrace, sharedClockMs, type Trace, type TraceMode } from "./server/trace.ts";
import { TraceRing } from "./server/trace_ring.ts";
import { TraceWriter } from "./server/trace_writer.ts";

/** The part of a context that every thread of the server gets; plain data, can be posted. */
export interface SharedContext {
  /** The model's name, for INFO. */
  readonly model: string;
  /** The model's sizes, for INFO. */
  readonly sizes: Readonly<Record<string, number>>;
  /** 0: never. */
  readonly idleTimeoutMs: number;
  /** What the server stands on. */
  readonly io: Floor;
  /** On the kernel floor: what a thread needs there. Default: the process's first context makes it. */
  readonly kernel?: KernelShared;
  /** Connections at once, as far as it was said. */
  readonly maxConnections?: number;
  /** What the trace looks like. */
  readonly traceMode: TraceMode;
  /** When the server started, by `sharedClockMs()`. */
  readonly startedAtMs: number;
  /** The memory of `SharedState`. */
  readonly memory: SharedArrayBuffer;
  /** The memory of the trace's ring. Default: the process's first context makes it. */
  readonly traceMemory?: SharedArrayBuffer;
}

/** One thread's view of its server. */
export class ServerContext {
  /** The stop cell and the counters. */
  readonly state: SharedState;
  /** This thread's trace; undefined when the trace is off. */
  readonly trace: Trace | undefined;
  /** This thread's business. */
  readonly business: Business;
  /** This thread, on the kernel floor; undefined on Deno's. */
  readonly kernel: KernelThread | undefined;
  /** Main thread: who wants to know when the server listens. */
  onListen: ServeOptions["onListen"];
  readonly #traceRing: TraceRing | undefined;
  /** Of the process's first context only. */
  readonly #traceWriter: TraceWriter | undefined;
  /** What other threads make their contexts from. */
  readonly shared: SharedContext;

  /**
   * Makes the context of one thread.
   *
   * @param thread the thread's name, as WHO and the trace show it: `main`, `worker-2`.
   */
  constructor(readonly thread: string, shared: SharedContext) {
    this.state = new SharedState(shared.memory);
    const { traceMode: mode, startedAtMs } = shared;
    const traceMemory = mode === "off" ? undefined : shared.traceMemory ?? TraceRing.allocate();
    const kernel = shared.io === "kernel" ? kernelOf(shared) : undefined;
    if (kernel !== undefined) this.kernel = enterKernel(kernel);
    this.shared = { ...shared, traceMemory, kernel };
    if (traceMemory !== undefined) {
      this.#traceRing = new TraceRing(traceMemory);
      const start = { mode, startedAtMs, memory: traceMemory };
      if (shared.traceMemory === undefined) this.#traceWriter = new TraceWriter(start);
    }
    this.trace = this.traceOf(thread);
    this.business = new Business({ thread, ...shared }, this.state, this.trace);
  }

  /**
   * The main thread's context of a new server. To be made before the server opens or starts anything.
   *
   * @param model the model's name in INFO.
   * @param sizes the model's sizes in INFO, such as `{ workers: 4 }`.
   * @throws RangeError when an option is out of range; `Error` where there is no kernel floor.
   */
  static forMain(
    model: string,
    sizes: Record<string, number>,
    options: ServeOptions,
  ): ServerContext {
    checkOptions(options);
    const context = new ServerContext("main", {
      model,
      sizes,
      idleTimeoutMs: options.idleTimeoutMs ?? IDLE_TIMEOUT_MS.usual,
      io: options.io ?? "deno",
      maxConnections: options.maxConnections,
      traceMode: options.trace ?? "off",
      startedAtMs: sharedClockMs(),
      memory: options.sharedMemory ?? SharedState.allocate(),
    });
    context.onListen = options.onListen;
    context.state.threadStarted();
    return context;
  }

  /** The trace of a thread, or process, that cannot speak for itself; undefined when it is off. */
  traceOf(thread: string): Trace | undefined {
    const { traceMode, startedAtMs } = this.shared;
    const ring = this.#traceRing;
    const trace = createTrace(traceMode, thread, startedAtMs, (line) => {
      this.#traceWriter?.begin();
      ring?.push(line);
    });
    // A server that does more than anybody can read must not spend its time on making lines of it.
    return trace &&
      ((event, connection, detail) => ring?.full ? ring.drop() : trace(event, connection, detail));
  }

  /** Main thread: ends the trace; settles when it is written, or nobody reads it. */
  async endTrace(): Promise<void> {
    this.kernel?.stopList.end();
    await this.#traceWriter?.end(() => this.#traceRing?.end());
  }

  /** What a thread of this server has open. */
  get threadDescriptors(): number {
    return threadDescriptors(this.shared.io);
  }

  /** Options for a connection that this thread serves. */
  connectionOptions(id: number): ConnectionOptions {
    return { id, idleTimeoutMs: this.shared.idleTimeoutMs, trace: this.trace };
  }
}

/** What the thread was given, or of a new server the main thread's. */
function kernelOf({ kernel, memory, idleTimeoutMs, maxConnections }: SharedContext): KernelShared {
  const most = maxConnections ?? DEFAULTS.maxConnections;
  return kernel ?? KernelThread.allocate(memory, idleTimeoutMs, most);
}
