/** What a server does under a load, and what that costs it. */
import { threadsOf } from "../../lessons/lab/sample/threads.ts";

/** What to ask for. */
export interface Load {
  readonly port: number;
  readonly clients: number;
  readonly seconds: number;
  /** Requests of all clients together. Default: each asks again when it has its reply. */
  readonly aSecond?: number;
}

/** What came of it. */
export interface Served {
  readonly replies: number;
  /** CPU time of all threads of the server meanwhile, in µs. */
  readonly cpuUs: number;
}

/** Has a thread of its own ask, and looks at the server's process. */
export async function served(load: Load): Promise<Served> {
  const pid = await pidOf(load.port);
  const cpuUs = () => threadsOf(pid).reduce((sum, { cpuNs }) => sum + cpuNs / 1000, 0);
  const worker = new Worker(new URL("./load_thread.ts", import.meta.url), { type: "module" });
  const done = Promise.withResolvers<Served>();
  let beforeUs = 0;
  worker.onmessage = ({ data }: MessageEvent<"counts" | number>) => {
    if (data === "counts") beforeUs = cpuUs();
    else done.resolve({ replies: data, cpuUs: cpuUs() - beforeUs });
  };
  worker.onerror = ({ message }) => done.reject(new Error(message));
  worker.postMessage(load);
  return await done.promise;
}

/** The server's process, as it says itself. */
async function pidOf(port: number): Promise<number> {
  using conn = await Deno.connect({ port });
  await conn.write(new TextEncoder().encode("INFO\r\n"));
  const buffer = new Uint8Array(4096);
  const said = new TextDecoder().decode(buffer.subarray(0, await conn.read(buffer) ?? 0));
  return Number(/^pid:(\d+)/m.exec(said)?.[1]);
}
