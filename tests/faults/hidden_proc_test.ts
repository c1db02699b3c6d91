/** /proc hidden, as some containers have it: a server runs, or says in one line why it cannot. */
import { assert, assertEquals } from "@std/assert";
import { LESSONS } from "../../lessons/catalogue.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { expectText, send } from "../of_parts/helpers.ts";
import { ROOT } from "../of_lessons/program.ts";

/** Its own root, all of the machine's but /proc. */
const WITHOUT_PROC = ["--dev-bind", "/", "/", "--tmpfs", "/proc", "--die-with-parent"];
/** Models that use Node's modules, at the first of which Deno panics. */
const NEED_PROC = [2, 5, 6, 7];
const LINE = "this model needs /proc, which is hidden here; models 1, 3 and 4 run without it\n";

const boxed = await canHide();

async function canHide(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    const command = new Deno.Command("bwrap", { args: [...WITHOUT_PROC, "true"], stderr: "null" });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

for (const { number } of LESSONS) {
  const needs = NEED_PROC.includes(number);
  const reason = boxed ? "" : " (not run: bwrap cannot hide /proc here)";
  Deno.test({
    name: `lesson ${number}, /proc hidden, ${needs ? "says so in one line" : "serves"}${reason}`,
    ignore: !boxed,
    async fn() {
      const words = taskArguments(`lesson${number}` as "lesson1", [
        "--port",
        "0",
        "--trace",
        "off",
      ]);
      const child = new Deno.Command("bwrap", {
        args: [...WITHOUT_PROC, Deno.execPath(), ...words],
        cwd: ROOT,
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const first = await firstText(child.stdout);
      if (!needs) await expectServed(first);
      // It dies with bwrap, whose signal it would not get.
      if (!needs) child.kill("SIGKILL");
      const stderr = await firstText(child.stderr);
      const { code } = await child.status;
      await Promise.all([child.stdout.cancel(), child.stderr.cancel()]);
      if (needs) assertEquals([code, first, stderr], [1, "", LINE]);
    },
  });
}

/** Expects of what a server says first that it listens, and that a client is served. */
async function expectServed(said: string): Promise<void> {
  const [, port] = /^listening on 127\.0\.0\.1:(\d+)\n/.exec(said) ?? [];
  assert(port !== undefined, said);
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  await send(conn, "ECHO hello\r\n");
  await expectText(conn, "$5\r\nhello\r\n");
}

/** What comes first; empty when the stream ends without a word. */
async function firstText(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return new TextDecoder().decode(value);
}
