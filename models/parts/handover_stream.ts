/**
 * Handing over, the stream way: the main thread keeps the socket and pumps its bytes through a pair
 * of streams whose other ends are transferred to the thread. Public API only, on every platform.
 *
 * Not `conn.readable` and `conn.writable`: those, transferred, close the whole socket at the
 * client's half-close, and lose what was still to be written.
 *
 * Invariant: a `write()` of the thread's settles when the operating system has the bytes, and not as
 * soon as they are on their way to the main thread: whoever closes then would overtake them. So the
 * main thread counts what it has written in memory that both share, one write at a time.
 */
import type { ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import type { HandoverSocket, Parcel } from "./handover.ts";

const READ_BYTES = 16 * 1024;
/** Taken in one `write()`, so that the caller sees a slow client's progress. */
const WRITE_BYTES = 64 * 1024;

/** The two streams of a connection, to be posted with both in the transfer list. */
export interface StreamMessage {
  /** Which of the two ways this is. */
  readonly way: "stream";
  /** What the client sends; ends at its half-close. */
  readonly readable: ReadableStream<Uint8Array>;
  /** What the client gets; closing it is the half-close. */
  readonly writable: WritableStream<Uint8Array>;
  /** How many bytes of it the operating system has, modulo 2 ** 32: one cell. */
  readonly written: Int32Array<SharedArrayBuffer>;
}

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
  let toClient: WritableStreamDefaultController;
  let closed = false;
  const reclaim = () => {
    if (closed) return;
    closed = true;
    conn.close();
    // A stream that never ends would keep its message port for ever. The other ends by its read.
    toClient.error(new Deno.errors.BadResource("the connection is closed"));
  };
  // Zero: nothing is read before the thread asks, so a slow thread holds up only its own client.
  const onDemand = { highWaterMark: 0 };
  const buffer = new Uint8Array(READ_BYTES);
  const written = new Int32Array(new SharedArrayBuffer(4));
  const readable = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const count = await conn.read(buffer);
      if (count === null) controller.close();
      // Not a view: what is posted is copied with the whole buffer behind it.
      else controller.enqueue(buffer.slice(0, count));
    },
    cancel: reclaim,
  }, onDemand);
  const writable = new WritableStream<Uint8Array>({
    start(controller) {
      toClient = controller;
    },
    async write(chunk) {
      for (let sent = 0; sent < chunk.length;) sent += await conn.write(chunk.subarray(sent));
      Atomics.add(written, 0, chunk.length);
      Atomics.notify(written, 0);
    },
    close: () => conn.closeWrite(),
    abort: reclaim,
  });
  return {
    message: { way: "stream", readable, writable, written },
    transfer: [readable, writable],
    reclaim,
  };
}

/** Thread: the connection behind the two streams. */
export function openStreams({ readable, writable, written }: StreamMessage): ByteStream {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  let left: Uint8Array = new Uint8Array(0);
  /** Closed here, taken back by the main thread, or the client is gone. */
  let over = false;
  let given = 0;
  const end = () => {
    over = true;
    // Who waits for a write that never ends is let go.
    Atomics.notify(written, 0);
  };
  writer.closed.catch(end);
  async function untilWritten(total: number): Promise<void> {
    for (let seen = 0; !over && (seen = Atomics.load(written, 0)) !== total;) {
      await Atomics.waitAsync(written, 0, seen).value;
    }
    if (over) throw new Deno.errors.BadResource("the connection is closed");
  }
  return {
    async read(buffer) {
      if (left.length === 0) {
        const { done, value } = await reader.read();
        if (over) throw new Deno.errors.BadResource("the connection is closed");
        if (done) return null;
        left = value;
      }
      const count = Math.min(left.length, buffer.length);
      buffer.set(left.subarray(0, count));
      left = left.subarray(count);
      return count;
    },
    async write(bytes) {
      await writer.ready;
      // A copy of what is taken, because the whole buffer behind a view would go with it.
      const taken = bytes.length === bytes.buffer.byteLength && bytes.length <= WRITE_BYTES
        ? bytes
        : bytes.slice(0, WRITE_BYTES);
      given += taken.length;
      await writer.write(taken);
      await untilWritten(given | 0);
      return taken.length;
    },
    closeWrite: () => writer.close(),
    close() {
      end();
      reader.cancel().catch(ignore);
      writer.abort().catch(ignore);
    },
  };
}

/** A stream that fails after its connection is closed is no news. */
function ignore(): void {}
