/** A socket as it comes out of the accept queue. */
import type { ByteStream } from "./byte_stream.ts";

/** A socket as a listener hands it out. `Deno.Conn` is one. */
export interface AcceptedSocket extends ByteStream {
  /** The client's address. */
  readonly remoteAddr: Deno.Addr;
  /** TCP_NODELAY: a small reply is sent though the one before is not acknowledged yet. */
  setNoDelay?(noDelay?: boolean): void;
}

/** Otherwise a client that sends ahead waits 40 ms for some replies: Nagle's and delayed ACKs. */
export function sendWithoutDelay(socket: AcceptedSocket): void {
  try {
    socket.setNoDelay?.(true);
  } catch {
    // The client is gone already; reading will tell.
  }
}

/** An address as the trace shows it. */
export function describe(addr: Deno.Addr): string {
  return "port" in addr ? `${(addr as Deno.NetAddr).hostname}:${addr.port}` : addr.transport;
}
