/** A thread of its own that has a server answer PINGs, so that nothing else in its process slows it. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import type { Load } from "./load.ts";

/** Whatever is compiled while it runs is compiled then. */
const WARM_MS = 1000;
const PING = new TextEncoder().encode("PING\r\n"), REPLY_BYTES = 7;

/** Replies after the first second; tells when that is over. */
async function replies({ port, clients, seconds, aSecond }: Load): Promise<number> {
  const conns = await Promise.all(Array.from({ length: clients }, () => Deno.connect({ port })));
  const startMs = performance.now();
  const [countMs, endMs] = [startMs + WARM_MS, startMs + WARM_MS + seconds * 1000];
  setTimeout(() => self.postMessage("counts"), WARM_MS);
  let count = 0;
  await Promise.all(conns.map(async (conn, index) => {
    const buffer = new Uint8Array(4096);
    const everyMs = aSecond === undefined ? 0 : clients * 1000 / aSecond;
    for (let dueMs = startMs + everyMs * index / clients; performance.now() < endMs;) {
      const restMs = dueMs - performance.now();
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      // What was missed is not made up for: that would be a burst.
      dueMs = Math.max(dueMs, performance.now()) + everyMs;
      await conn.write(PING);
      for (let got = 0; got < REPLY_BYTES;) got += await conn.read(buffer) ?? REPLY_BYTES;
      if (performance.now() >= countMs) count++;
    }
    conn.close();
  }));
  return count;
}

self.onmessage = async ({ data }: MessageEvent<Load>) => {
  self.postMessage(await replies(data));
  self.close();
};
