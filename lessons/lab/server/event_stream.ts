/** Server-sent events: all that a session tells, in batches, so that thousands a second get through. */
import type { LabEvent } from "../lanes/events.ts";
import { packed } from "../lanes/packed_events.ts";
import type { Session } from "./session.ts";
import type { SessionState } from "./session_state.ts";

/** Between two batches. */
const EVERY_MS = 40;
/**
 * More events than that in `EVERY_MS` nobody follows: then so many batches are passed over, and what
 * drawing them would have taken of the machine is the server's.
 */
const MANY = 150, PASSED_OVER = 4;
/** So many events go into one batch. */
const MOST_IN_BATCH = 5000;
/** So many batches lie ready for a page that does not read; the rest stays what it is, events. */
const MOST_BATCHES = 20;
/** A page that is so far behind has to begin again. */
const MOST_WAITING = 2_000_000;

/**
 * Streams a session to a page.
 *
 * @param ending ends the stream from this side.
 * @param onGone is called once, when the page is gone.
 */
export function eventStream(session: Session, ending: AbortSignal, onGone: () => void): Response {
  let teller: Teller | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      teller = new Teller(session, controller, onGone);
      ending.addEventListener("abort", () => teller?.end());
    },
    cancel: () => teller?.leave(),
  });
  const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
  return new Response(body, { headers });
}

/** Puts what a session tells into messages. */
class Teller {
  #waiting: LabEvent[] = [];
  #told = 0;
  #passedOver = 0;
  #toPassOver = 0;
  #over = false;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #stopListening: () => void;
  readonly #encoder = new TextEncoder();

  constructor(
    readonly session: Session,
    readonly controller: ReadableStreamDefaultController<Uint8Array>,
    readonly onGone: () => void,
  ) {
    this.#timer = setInterval(() => this.#tick(), EVERY_MS);
    this.#stopListening = session.listen({
      events: (events) => {
        // One by one: so many are no arguments of one call.
        for (const event of events) this.#waiting.push(event);
      },
      state: (state) => this.#tellState(state),
    });
  }

  /** Nobody reads any more. */
  leave(): void {
    if (this.#stop()) this.onGone();
  }

  /** Ends the stream. */
  end(): void {
    if (this.#stop()) this.controller.close();
  }

  /** Returns whether it was still going on. */
  #stop(): boolean {
    if (this.#over) return false;
    this.#over = true;
    clearInterval(this.#timer);
    this.#stopListening();
    return true;
  }

  #tick(): void {
    if (this.#passedOver++ < this.#toPassOver) return;
    this.#toPassOver = this.#waiting.length > MANY * this.#passedOver ? PASSED_OVER : 0;
    this.#passedOver = 0;
    this.#flush(MOST_BATCHES);
    const { nowUs } = this.session;
    if (nowUs !== undefined && this.#waiting.length === 0) this.#send("now", nowUs);
    if (this.#waiting.length > MOST_WAITING) this.end();
  }

  /** What was told before comes before. */
  #tellState(state: SessionState): void {
    this.#flush(Infinity);
    this.#send("state", state);
  }

  #flush(mostBatches: number): void {
    const ready = () => 1 - (this.controller.desiredSize ?? 1);
    while (this.#told < this.#waiting.length && ready() < mostBatches && !this.#over) {
      const events = this.#waiting.slice(this.#told, this.#told += MOST_IN_BATCH);
      // A part: more is there already, and a page that drew now would only be further behind.
      const name = this.#told < this.#waiting.length ? "part" : "events";
      this.#send(name, packed(events));
    }
    if (this.#told < this.#waiting.length) return;
    [this.#waiting, this.#told] = [[], 0];
  }

  #send(name: string, data: unknown): void {
    if (this.#over) return;
    const message = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    try {
      this.controller.enqueue(this.#encoder.encode(message));
    } catch (error) {
      // The connection broke, and nobody has said so yet.
      if (!(error instanceof TypeError)) throw error;
      this.leave();
    }
  }
}
