/** A socket that listens, of Deno's or of Node's. */
import type { AcceptedSocket } from "./accepted_socket.ts";

/** What `accept()` needs of a listening socket. `Deno.Listener` is one. */
export interface ListeningSocket<T extends AcceptedSocket> {
  /** The address that it listens on. */
  readonly addr: Deno.Addr;
  /** Waits for the next connection. Throws `BadResource` or `Interrupted` once closed. */
  accept(): Promise<T>;
  /** Those that have come besides, and are taken now. */
  others?(): Iterable<T>;
  /** One that takes all who wait at once: how many that may be. */
  readonly atOnce?: number;
  /** Such a one is told that they may be too many, and how many there is room for now. */
  descriptorsAreFew?(room: () => number): void;
  /** Stops listening; an `accept()` that waits fails. */
  close(): void;
}
