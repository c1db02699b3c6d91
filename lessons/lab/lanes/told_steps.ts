/**
 * The steps of an experiment, told in words, as events of lanes: `client 1`, `sends "PING"` is a client
 * that sends. What is not about a client is a step and nothing more.
 */
import type { ClientAction, LabEvent } from "./events.ts";

/** What the words call what a client does, and what the lanes call it. */
const ACTIONS: readonly (readonly [start: string, action: ClientAction])[] = [
  ["sends ", "send"],
  ["gets ", "reply"],
  ["half-closes", "half-close"],
  ["closes", "close"],
  ["the server closed", "lost"],
  ["the connection", "lost"],
];

/** A client at a moment. */
export interface ClientMoment {
  readonly client: number;
  readonly us: number;
}

/** Reads steps, one after the other. */
export class ToldSteps {
  /** The number that a name stands for just now: each server has its own `client 1`. */
  #numbers = new Map<string, number>();
  #clients = 0;
  #last?: ClientMoment;
  readonly #lastOf = new Map<string, ClientMoment>();

  /** The experiment begins again: whoever has the same name is somebody else. */
  begin(): void {
    this.#numbers = new Map();
  }

  /** The number of the client with that name; 0 when there is none. */
  numberOf(name: string): number {
    return this.#numbers.get(name) ?? 0;
  }

  /** The next step as events, in order. */
  events(us: number, who: string, what: string): LabEvent[] {
    const events: LabEvent[] = [];
    if (what === "connects") {
      this.#numbers.set(who, ++this.#clients);
      events.push({ source: "client", us, client: this.#clients, event: "connect", detail: who });
      this.#did(who, { client: this.#clients, us });
    }
    const client = this.#numbers.get(who);
    events.push({ source: "grader", us, who, what, client });
    const action = ACTIONS.find(([start]) => what.startsWith(start));
    if (client === undefined || action === undefined) return events;
    const [start, event] = action;
    events.push({ source: "client", us, client, event, detail: what.slice(start.length) });
    // That it closes is the tidying up. One that is lost has its last bar just before.
    if (event !== "close") this.#did(who, { client, us: event === "lost" ? us - 1 : us });
    return events;
  }

  #did(who: string, moment: ClientMoment): void {
    this.#last = moment;
    this.#lastOf.set(who, moment);
  }

  /** The client that is named in what was measured, or else the one that did something last. */
  decider(measured: string): Partial<ClientMoment> {
    const named = [...this.#lastOf.keys()].filter((name) => measured.includes(name));
    const longest = named.sort((a, b) => b.length - a.length)[0];
    return (longest === undefined ? undefined : this.#lastOf.get(longest)) ?? this.#last ?? {};
  }
}
