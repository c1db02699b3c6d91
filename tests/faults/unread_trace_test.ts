/**
 * A terminal that does not read (Ctrl-S, `| less`): the server serves on and ends at the first Ctrl-C,
 * and what is missing of the trace is said in its place.
 */
import { assert, assertEquals } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import type { TraceLine } from "../../models/parts/server/trace.ts";
import { within } from "../of_parts/helpers.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { ROOT } from "../of_lessons/program.ts";

/** Some lines each: far more than a pipe and the server's memory take, 64 KiB and 1,024 lines. */
const REQUESTS = 2500;
const WHOLE = "+PONG\r\n".repeat(REQUESTS);
const LISTEN = /"event":"listen","connection":0,"detail":"127\.0\.0\.1:(\d+)"/;
/** Windows has no signals to send. */
const ignore = Deno.build.os === "windows";

/** Everything from now on; the reader is not asked before. */
async function rest(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
}

async function askAll(port: number): Promise<string> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const sent = new TextEncoder().encode("PING\r\n".repeat(REQUESTS));
  for (let at = 0; at < sent.length;) at += await conn.write(sent.subarray(at));
  let text = "";
  const buffer = new Uint8Array(16 * 1024);
  while (text.length < WHOLE.length) {
    const count = await conn.read(buffer);
    if (count === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return text;
}

for (const lesson of NUMBERS) {
  Deno.test({
    name: `lesson ${lesson} serves on though nobody reads its trace, and ends at the first Ctrl-C`,
    ignore,
    async fn() {
      const words = taskArguments(`lesson${lesson}` as "lesson1", [
        "--port",
        "0",
        "--trace",
        "json",
      ]);
      const options = { cwd: ROOT, stdin: "null", stdout: "piped", stderr: "null" } as const;
      const child = new Deno.Command(Deno.execPath(), { args: words, ...options }).spawn();
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let read = "";
      while (!LISTEN.test(read)) read += (await reader.read()).value;
      const port = Number(LISTEN.exec(read)?.[1]);
      assertEquals(await within(askAll(port), "the replies"), WHOLE);
      child.kill("SIGINT");
      const { code, signal } = await within(child.status, "the end of the server");
      assertEquals({ code, signal }, { code: 0, signal: null });
      // What was in the pipe: whole lines, but for the last one, which may have been under way.
      const lines = (read + await rest(reader)).split("\n").slice(0, -1);
      const events = lines.map((line) => JSON.parse(line) as TraceLine);
      assert(events.length < 2 * REQUESTS, "the pipe did not fill: this tests nothing");
      const main = events.filter(({ thread }) => thread === "main").map(({ us }) => us);
      assertEquals(main, main.toSorted((a, b) => a - b));
    },
  });
}
