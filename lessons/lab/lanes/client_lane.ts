/**
 * The lane of one client: when it connected, when it was accepted and by whom, and the way of each of
 * its requests.
 *
 * A connection's requests are answered in order. So the second `start` of a connection, the second
 * `finish` and the client's second `reply` are about its second request, and none of them has to carry
 * a number. It does not matter in which order the lines of several threads arrive.
 */
import type { ClientEvent, ServerEvent } from "./events.ts";
import type { RequestWay } from "./request_way.ts";

/** One client and its connection. */
export class ClientLane {
  /** Which client of ours; 0 for one that only the server's trace knows. */
  number = 0;
  /** What whoever drives it calls it; may be empty. */
  label = "";
  /** The connection's number in the server's trace; 0 before it was accepted. */
  connection = 0;
  /** Its own port; 0 while it is not known. */
  port = 0;
  connectUs?: number;
  connectedUs?: number;
  /** A sample of the kernel had it in the accept queue. */
  seenInQueue = false;
  acceptedUs?: number;
  acceptedBy?: string;
  /** The thread that it was given to when it was accepted. */
  givenTo?: string;
  /** When the thread was up that was started for this client alone. */
  threadUpUs?: number;
  /** When the server closed the connection. */
  closedUs?: number;
  /** When the client closed it, or lost it. */
  endedUs?: number;
  /** Why it ended, as the client saw it. */
  ending = "";
  readonly requests: RequestWay[] = [];
  #sent = 0;
  #started = 0;
  #finished = 0;
  #written = 0;
  #replied = 0;
  #forgotten = 0;

  /** How it is called on screen. */
  get name(): string {
    if (this.label !== "") return `${this.label} (${this.number})`;
    return this.number > 0 ? `client ${this.number}` : `#${this.connection}`;
  }

  /** Takes what the client did. */
  didItself({ us, event, detail = "", port = 0 }: ClientEvent): void {
    if (event === "connect") [this.connectUs, this.label] = [us, detail];
    else if (event === "connected") [this.connectedUs, this.port] = [us, port];
    else if (event === "send") Object.assign(this.#way(this.#sent++), { sentUs: us, text: detail });
    else if (event === "reply") {
      Object.assign(this.#way(this.#replied++), { replyUs: us, reply: detail });
    } else if (event === "close" || event === "lost") {
      this.endedUs ??= us;
      this.ending ||= event === "lost" ? detail : "";
    }
  }

  /** Takes what the server did with it. Returns the number of the request that it is about, or 0. */
  wasServed({ us, event, detail }: ServerEvent, by: string): number {
    switch (event) {
      case "accept":
        [this.acceptedUs, this.acceptedBy] = [us, by];
        return 0;
      case "give":
        this.givenTo = detail.replace("to ", "");
        return 0;
      case "read":
        return detail.startsWith("end") ? 0 : this.#wasRead(us, by);
      case "queue":
        return Object.assign(this.#way(this.#started), { queuedUs: us }).number;
      case "start":
        return this.#wasStarted(us, detail, by);
      case "finish":
        this.#way(this.#finished).finishUs = us;
        return ++this.#finished;
      case "write":
        return this.#wasWritten(us, by);
      case "close":
        this.closedUs = us;
    }
    return 0;
  }

  /** True when neither side will tell more about it, since a time before `us`. */
  isOver(us: number): boolean {
    const closedUs = this.closedUs ?? (this.acceptedBy === undefined ? 0 : us);
    const endedUs = this.endedUs ?? (this.number > 0 ? us : 0);
    return closedUs < us && endedUs < us;
  }

  /** Forgets requests that were over before a time. */
  forgetBefore(us: number): void {
    const over = this.requests.findIndex((way) => !((way.replyUs ?? way.writeUs ?? us) < us));
    const told = [this.#sent, this.#started, this.#finished, this.#written, this.#replied];
    // Either side may have told nothing at all.
    const least = Math.min(...told.filter((count) => count > 0));
    const count = Math.min(over === -1 ? this.requests.length : over, least);
    this.requests.splice(0, count);
    const left = (before: number) => Math.max(0, before - count);
    [this.#sent, this.#started, this.#finished, this.#written, this.#replied] = told.map(left);
    this.#forgotten += count;
  }

  /** The way of the request at a position; the one before it is known. */
  #way(position: number): RequestWay {
    while (this.requests.length <= position) {
      this.requests.push({ number: this.#forgotten + this.requests.length + 1, text: "" });
    }
    return this.requests[position];
  }

  #wasRead(us: number, by: string): number {
    const way = this.#way(this.#started);
    if (way.noticedBy === undefined) [way.noticedUs, way.noticedBy] = [us, by];
    [way.readUs, way.readBy] = [us, by];
    return way.number;
  }

  #wasStarted(us: number, detail: string, by: string): number {
    const before: RequestWay | undefined = this.requests[this.#started - 1];
    const way = this.#way(this.#started++);
    if (way.readUs === undefined && before !== undefined) {
      // It came in the same packet as the one before.
      const { noticedUs, noticedBy, readUs, readBy } = before;
      Object.assign(way, { noticedUs, noticedBy, readUs, readBy });
    }
    [way.startUs, way.doneBy] = [us, by];
    way.text ||= detail;
    return way.number;
  }

  #wasWritten(us: number, by: string): number {
    let number = 0;
    for (; this.#written < this.#finished; this.#written++) {
      const way = this.requests[this.#written];
      [way.writeUs, way.writtenBy, number] = [us, by, way.number];
    }
    return number;
  }
}
