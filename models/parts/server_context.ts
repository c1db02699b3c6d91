/**
 * What the parts of one server have in common: the model's name and sizes, the limits, the shared
 * memory, the trace. `shared` can be posted to a thread, which makes its own context from it.
 */
import { Business } from "./business.ts";
import { checkOptions } from "./check_options.ts";
import type { ConnectionOptions } from "./connection.ts";
import type { ServeOptions } from "./options.ts";
import { SharedState } from "./shared_state.ts";
import { createTrace, sharedClockMs, type Trace, type TraceMode } from "./trace.ts";

const DEFAULT_IDLE_TIMEOUT_MS = 300_000;

/** The part of a context that every thread of the server gets; plain data, can be posted. */
export interface SharedContext {
  /** The model's name, for INFO. */
  readonly model: string;
  /** The model's sizes, for INFO. */
  readonly sizes: Readonly<Record<string, number>>;
  /** 0: never. */
  readonly idleTimeoutMs: number;
  /** What the trace looks like. */
  readonly traceMode: TraceMode;
  /** When the server started, by `sharedClockMs()`. */
  readonly startedAtMs: number;
  /** The memory of `SharedState`. */
  readonly memory: SharedArrayBuffer;
}

/** One thread's view of its server. */
export class ServerContext {
  /** The stop cell and the counters. */
  readonly state: SharedState;
  /** This thread's trace; undefined when the trace is off. */
  readonly trace: Trace | undefined;
  /** This thread's business. */
  readonly business: Business;
  /** Main thread: who wants to know when the server listens. */
  onListen: ServeOptions["onListen"];

  /**
   * Makes the context of one thread.
   *
   * @param thread the thread's name, as WHO and the trace show it: `main`, `worker-2`.
   */
  constructor(readonly thread: string, readonly shared: SharedContext) {
    this.state = new SharedState(shared.memory);
    this.trace = createTrace(shared.traceMode, thread, shared.startedAtMs);
    this.business = new Business({ thread, ...shared }, this.state, this.trace);
  }

  /**
   * The main thread's context of a new server. To be made before the server opens or starts anything.
   *
   * @param model the model's name in INFO.
   * @param sizes the model's sizes in INFO, such as `{ workers: 4 }`.
   * @throws RangeError when an option is out of range.
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
      idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
      traceMode: options.trace ?? "off",
      startedAtMs: sharedClockMs(),
      memory: options.sharedMemory ?? SharedState.allocate(),
    });
    context.onListen = options.onListen;
    context.state.threadStarted();
    return context;
  }

  /** Options for a connection that this thread serves. */
  connectionOptions(id: number): ConnectionOptions {
    return { id, idleTimeoutMs: this.shared.idleTimeoutMs, trace: this.trace };
  }
}
