/** A run that is told to whoever listens: events in batches, and how the run stands. */
import type { LabEvent } from "../lanes/events.ts";
import { Run } from "../run/run.ts";
import type { Given, Listener, SessionState } from "./session_state.ts";

/** So many events are kept for a page that is opened later. */
const MOST_EVENTS = 200_000;

/** One run after the other. */
export abstract class LiveRun {
  readonly #listeners = new Set<Listener>();
  protected run?: Run;
  protected state: SessionState;
  /** One thing after the other: a start waits for the stop before it. */
  #turn: Promise<void> = Promise.resolve();

  /** @param given stays the same in all runs. */
  constructor(readonly given: Given = {}) {
    this.state = { run: 0, lesson: 0, title: "", running: false, words: "", ...given };
  }

  /** The listener is told what was so far, and then what comes. Returns what ends that. */
  listen(listener: Listener): () => void {
    listener.state(this.state);
    if (this.run !== undefined) listener.events(this.run.events);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The time of the run, while it runs. */
  get nowUs(): number | undefined {
    return this.state.running ? this.run?.clock.us() : undefined;
  }

  /** What happened in the run so far; undefined: there is none. */
  get happened(): { readonly lesson?: number; readonly events: readonly LabEvent[] } | undefined {
    const { lesson } = this.state;
    return this.run && { lesson: lesson === 0 ? undefined : lesson, events: this.run.events };
  }

  /** Ends what the run has started. */
  protected abstract end(): Promise<void>;

  /** Does something when what was asked for before is done. */
  protected next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.then(() => {}, () => {});
    return done;
  }

  /** Ends what runs; then there is a run without anything in it. */
  protected async begin(lesson: number, title = ""): Promise<Run> {
    await this.end();
    const run = new Run((event) => this.#heard(event, run));
    this.run = run;
    const count = this.state.run + 1;
    this.state = { run: count, lesson, title, running: false, words: "", ...this.given };
    this.tell({}, run);
    return run;
  }

  /** Tells what happened in a run that is over. */
  protected retell(events: readonly LabEvent[], run: Run): void {
    // One by one: so many are no arguments of one call.
    for (const event of events) run.events.push(event);
    for (const listener of this.#listeners) listener.events(events);
  }

  #heard(event: LabEvent, run: Run): void {
    if (run !== this.run) return;
    for (const listener of this.#listeners) listener.events([event]);
    if (run.events.length <= MOST_EVENTS) return;
    run.events.splice(0, MOST_EVENTS / 2);
    run.lanes.forgetBefore(run.events[0].us);
  }

  /** Tells what has changed, unless it is about a run that is over. */
  protected tell(change: Partial<SessionState>, run: Run): void {
    if (run !== this.run) return;
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener.state(this.state);
  }
}
