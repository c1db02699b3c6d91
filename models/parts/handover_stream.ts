/**
 * Handing over, the stream way: the main thread keeps the socket and pumps its bytes through a pair
 * of streams whose other ends are transferred to the thread. Public API only, on every platform.
 *
 * Not `conn.readable` and `conn.writable`: those, transferred, close the whole socket at the
 * client's half-close, and lose what was still to be written.
 */
import type { ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import type { HandoverSocket, Parcel } from "./handover.ts";

const CHUNK_BYTES = 16 * 1024;

/** The two streams of a connection, to be posted with both in the transfer list. */
export interface StreamMessage {
  readonly way: "stream";
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
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

function withHandOver(conn: Deno.Conn): HandoverSocket {
  return {
    remoteAddr: conn.remoteAddr,
    read: (buffer) => conn.read(buffer),
    write: (bytes) => conn.write(bytes),
    closeWrite: () => conn.closeWrite(),
    close: () => conn.close(),
    handOver: () => streamParcel(conn),
  };
}

function streamParcel(conn: Deno.Conn): Parcel {
  let closed = false;
  const reclaim = () => {
    if (!closed) conn.close();
    closed = true;
  };
  // Zero: nothing is read before the thread asks, so a slow thread holds up only its own client.
  const onDemand = { highWaterMark: 0 };
  const readable = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const count = await conn.read(chunk);
      if (count === null) controller.close();
      else controller.enqueue(chunk.subarray(0, count));
    },
    cancel: reclaim,
  }, onDemand);
  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      for (let sent = 0; sent < chunk.length;) sent += await conn.write(chunk.subarray(sent));
    },
    close: () => conn.closeWrite(),
    abort: reclaim,
  });
  return {
    message: { way: "stream", readable, writable },
    transfer: [readable, writable],
    reclaim,
  };
}

/** Thread: the connection behind the two streams. */
export function openStreams({ readable, writable }: StreamMessage): ByteStream {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  writer.closed.catch(ignore);
  let left: Uint8Array = new Uint8Array(0);
  return {
    async read(buffer) {
      if (left.length === 0) {
        const { done, value } = await reader.read();
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
      // The bytes are copied on their way, so the caller may use its buffer again.
      await writer.write(bytes);
      return bytes.length;
    },
    closeWrite: () => writer.close(),
    close() {
      reader.cancel().catch(ignore);
      writer.abort().catch(ignore);
    },
  };
}

/** A stream that fails after its connection is closed is no news. */
function ignore(): void {}
