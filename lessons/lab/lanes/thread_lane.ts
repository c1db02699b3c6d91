/** The lane of one thread: what it did, by the server's trace. */
import type { TraceEvent } from "../../../models/parts/server/trace_line.ts";
import { insertByTime, lastAt, type Timed } from "./by_time.ts";
import type { ClientLane } from "./client_lane.ts";

/** One event on its thread. */
export interface Step extends Timed {
  readonly event: TraceEvent;
  /** Whose event it is; undefined when it belongs to no connection. */
  readonly client?: ClientLane;
  /** Which of the client's requests it is about, counted from 1; 0: none of them. */
  readonly request: number;
  readonly detail: string;
}

/** What a thread does for a while. */
export interface ThreadSpan {
  readonly kind: "business" | "starts-thread" | "waits";
  readonly fromUs: number;
  readonly toUs: number;
  /** For whom; undefined when it waits for anybody. */
  readonly client?: ClientLane;
  readonly request: number;
}

/** One thread or process of the server. */
export class ThreadLane {
  /** What happened on it, in the order of time. */
  readonly steps: Step[] = [];
  /** When it was up; undefined for one that was there from the beginning. */
  startedUs?: number;
  /** When it ended; undefined while it lives. */
  endedUs?: number;
  /** How often a thread of this name was started: what dies may be replaced. */
  starts = 0;
  /** True for a process, which counts its connections for itself. */
  isProcess = false;
  /** The process's number; undefined for a thread. */
  pid?: number;
  /** What it has done at all. */
  readonly did = new Set<TraceEvent>();

  /** @param name as the trace and `WHO` call it. */
  constructor(readonly name: string) {}

  /** It is up. */
  started(us: number, detail: string): void {
    [this.startedUs, this.endedUs] = [us, undefined];
    this.isProcess = detail.startsWith("process ");
    this.pid = this.isProcess ? Number(detail.slice("process ".length)) : undefined;
    this.starts++;
  }

  /** Takes the next step; a late one goes where its time says. */
  add(step: Step): void {
    insertByTime(this.steps, step);
    this.did.add(step.event);
  }

  /** What it did between two times, without gaps, as far as it lived. */
  spans(fromUs: number, toUs: number): ThreadSpan[] {
    const spans: ThreadSpan[] = [];
    for (let at = Math.max(0, lastAt(this.steps, fromUs)); at < this.steps.length; at++) {
      const step = this.steps[at];
      if (step.us >= toUs) break;
      spans.push(...this.#after(at, toUs).filter((span) => span.toUs > fromUs));
    }
    return spans;
  }

  /** What the thread did at a time; undefined when it did not live. */
  spanAt(us: number): ThreadSpan | undefined {
    return this.spans(us, us + 1)[0];
  }

  /** What it did from one step to the next. */
  #after(at: number, untilUs: number): ThreadSpan[] {
    const { us, event, client, request } = this.steps[at];
    const toUs = this.steps[at + 1]?.us ?? Math.max(untilUs, us);
    if (event === "thread-exit") return [];
    if (event === "start") return [{ kind: "business", fromUs: us, toUs, client, request }];
    const freeUs = event === "accept" ? Math.min(toUs, client?.threadUpUs ?? us) : us;
    const starting: ThreadSpan[] = freeUs > us
      ? [{ kind: "starts-thread", fromUs: us, toUs: freeUs, client, request: 0 }]
      : [];
    return [...starting, { kind: "waits", fromUs: freeUs, toUs, request: 0 }];
  }
}
