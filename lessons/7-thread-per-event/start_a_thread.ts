/**
 * What it costs to start a thread, one after the other: from the main thread, from the main thread
 * when it loads Node's sockets as well, and from another thread.
 *
 *   deno run --allow-read=lessons lessons/7-thread-per-event/start_a_thread.ts
 */
const TIMES = 20;
/** A thread that is started by a thread takes long. */
const TIMES_FROM_THREAD = 3;

/** Starts a thread of this kind, and ends it once it runs. */
async function startOne(kind: string): Promise<void> {
  const thread = new Worker(import.meta.url, { type: "module", name: kind });
  await new Promise((resolve) => {
    thread.onmessage = resolve;
    thread.postMessage("go");
  });
  thread.terminate();
}

async function startMany(kind: string, times: number): Promise<string> {
  await startOne(kind);
  // Not at the top: every thread would load it.
  const { default: process } = await import("node:process");
  const [startMs, startCpu] = [performance.now(), process.cpuUsage()];
  for (let i = 0; i < times; i++) await startOne(kind);
  const eachMs = (performance.now() - startMs) / times;
  const { user, system } = process.cpuUsage(startCpu);
  const cpuMs = (user + system) / 1000 / times;
  return `${eachMs.toFixed(0).padStart(4)} ms each, ${cpuMs.toFixed(0).padStart(2)} ms of CPU`;
}

if ("DedicatedWorkerGlobalScope" in globalThis) {
  const scope = globalThis as unknown as Worker & { name: string };
  scope.onmessage = async () => {
    if (scope.name === "sockets") await import("node:net");
    const result = scope.name === "starter" ? await startMany("plain", TIMES_FROM_THREAD) : "";
    scope.postMessage(result);
  };
} else {
  console.log("from the main thread      ", await startMany("plain", TIMES));
  console.log("the same, with node:net   ", await startMany("sockets", TIMES));
  const starter = new Worker(import.meta.url, { type: "module", name: "starter" });
  starter.onmessage = ({ data }) => {
    console.log("from another thread       ", data);
    starter.terminate();
  };
  starter.postMessage("go");
}
