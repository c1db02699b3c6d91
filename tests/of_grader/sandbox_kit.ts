/** What the tests of sandboxes share: hostile submissions that are started, and what they wrote. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { takeSubmission } from "../grader/submission/take_submission.ts";
import { RunningServer } from "../grader/server/running_server.ts";

export const FOLDER = new URL("../servers/hostile/", import.meta.url).pathname;
export const HUNG_MS = 120_000;

/** A test for where there is a /proc. */
export function test(name: string, run: () => Promise<void>, ignore = false): void {
  Deno.test({ name, ignore: ignore || !procExists }, run);
}

/** Starts a hostile submission. */
export async function start(name: string, processes?: "boxed"): Promise<RunningServer> {
  const checked = await takeSubmission(`${FOLDER}${name}.ts`);
  if ("refused" in checked) throw new Error(checked.refused);
  return await RunningServer.start({ ...checked.target, processes });
}

/** Waits until the server has written what is looked for. */
export async function written(server: RunningServer, pattern: RegExp): Promise<string> {
  for (const endMs = Date.now() + HUNG_MS; !pattern.test(server.stderr);) {
    assert(Date.now() < endMs && server.running, `it only wrote: ${server.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return server.stderr;
}

/** Waits until a submission is ended for what it takes, once a client is there. */
export async function expectEnded(name: string, processes?: "boxed"): Promise<void> {
  const server = await start(name, processes);
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  const endMs = Date.now() + HUNG_MS;
  while (server.running && Date.now() < endMs) await new Promise((done) => setTimeout(done, 20));
  conn.close();
  await server.stop();
  assertMatch(server.lastWords, /^ended by the grader: it (had|used|wrote) \d+ .+ are allowed$/);
  await untilRunning(0, `${FOLDER}${name}.ts`);
}

/**
 * Waits until so many programs run that have the text in their command line, with a zero byte after
 * each word. The kernel takes a moment to end what was killed.
 */
export async function untilRunning(count: number, text: string): Promise<void> {
  const running = () => commandLines().filter((line) => line.includes(text));
  const endMs = Date.now() + HUNG_MS;
  while (running().length !== count && Date.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assertEquals(running().length, count, text);
}

function commandLines(): string[] {
  const pids = Array.from(Deno.readDirSync("/proc"), ({ name }) => name).filter(Number);
  return pids.map((pid) => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/cmdline`);
    } catch {
      return "";
    }
  });
}
