/**
 * Handing over, the stream way: the main thread keeps the socket and pumps its bytes through a pair
 * of streams whose other ends are transferred to the thread, where `transferred_streams.ts` makes a
 * connection of them. Public API only, on every platform.
 *
 * Not `conn.readable` and `conn.writable`: those, transferred, close the whole socket at the
 * client's half-close, and lose what was still to be written.
 *
 * Invariant: a `write()` of the thread's settles when the operating system has the bytes, and not as
 * soon as they are on their way to the main thread: whoever closes then would overtake them. So the
 * main thread counts what it has written in memory that both share, one write at a time.
 *
 * A stream whose own read or write has failed is never cancelled or aborted: so whoever fails closes the
 * socket.
 */
import type { ListeningSocket } from "../accept.ts";
import type { HandoverSocket, Parcel } from "./parcel.ts";

const READ_BYTES = 16 * 1024;

/** Main thread: `Deno.listen`, with connections that can be handed over as streams. */
export function listenForStreams(
  options: { hostname: string; port: number },
): ListeningSocket<HandoverSocket> {
  const listener = Deno.listen(options);
  return {
    addr: listener.addr,
    accept: async () => withHandOver(await listener.accept()),
    close: () => listener.close(),
  };
}

function withHandOver(conn: Deno.TcpConn): HandoverSocket {
  return {
    remoteAddr: conn.remoteAddr,
    read: (buffer) => conn.read(buffer),
    write: (bytes) => conn.write(bytes),
    closeWrite: () => conn.closeWrite(),
    close: () => conn.close(),
    setNoDelay: (noDelay) => conn.setNoDelay(noDelay),
    handOver: () => streamParcel(conn),
  };
}

function streamParcel(conn: Deno.TcpConn): Parcel {
  let toClient: WritableStreamDefaultController | undefined;
  let closed = false;
  const reclaim = () => {
    if (closed) return;
    closed = true;
    conn.close();
    // A stream that never ends would keep its message port for ever. The other ends by its read.
    toClient?.error(new Deno.errors.BadResource("the connection is closed"));
  };
  const readable = streamFrom(conn, reclaim);
  const written = new Int32Array(new SharedArrayBuffer(4));
  const writable = streamTo(conn, written, (controller) => toClient = controller, reclaim);
  return {
    message: { way: "stream", readable, writable, written },
    transfer: [readable, writable],
    reclaim() {
      reclaim();
      return true;
    },
  };
}

/** What the client sends, as a stream; `reclaim` is called when nobody wants it any more. */
function streamFrom(conn: Deno.TcpConn, reclaim: () => void): ReadableStream<Uint8Array> {
  const buffer = new Uint8Array(READ_BYTES);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const count = await orReclaim(conn.read(buffer), reclaim);
      if (count === null) controller.close();
      // Not a view: what is posted is copied with the whole buffer behind it.
      else controller.enqueue(buffer.slice(0, count));
    },
    cancel: reclaim,
    // Zero: nothing is read before the thread asks, so a slow thread holds up only its own client.
  }, { highWaterMark: 0 });
}

/** What the client gets, as a stream; the bytes that it took are counted in `written`. */
function streamTo(
  conn: Deno.TcpConn,
  written: Int32Array<SharedArrayBuffer>,
  start: (controller: WritableStreamDefaultController) => void,
  reclaim: () => void,
): WritableStream<Uint8Array> {
  return new WritableStream<Uint8Array>({
    start,
    async write(chunk) {
      for (let sent = 0; sent < chunk.length;) {
        sent += await orReclaim(conn.write(chunk.subarray(sent)), reclaim);
      }
      Atomics.add(written, 0, chunk.length);
      Atomics.notify(written, 0);
    },
    close: () => orReclaim(conn.closeWrite(), reclaim),
    abort: reclaim,
  });
}

/** The result; when there is none, because the client is gone, the socket is closed. */
async function orReclaim<T>(result: Promise<T>, reclaim: () => void): Promise<T> {
  try {
    return await result;
  } catch (error) {
    reclaim();
    throw error;
  }
}
