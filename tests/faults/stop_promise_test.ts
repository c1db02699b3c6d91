/**
 * What is promised at SIGTERM, the same in all models: a request whose business was done is answered,
 * whole; one that is not answered was not done, and its client gets the end of the connection.
 */
import { assertEquals } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { seedOf } from "../fuzz/run.ts";
import { randomNumbers, within } from "../of_parts/helpers.ts";
import { LessonServer } from "../of_lessons/lesson_process.ts";

const CLIENTS = 12, BATCH = 15;
/** So many replies in all, and the signal comes: drawn below this. */
const MOST_REPLIES = 400;
/** Windows has no signals to send. */
const ignore = Deno.build.os === "windows";

/** Asks batch after batch until the end. Counts whole replies; throws at one that is wrong or torn. */
async function client(port: number, name: number, answered: () => void): Promise<number> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const buffer = new Uint8Array(16 * 1024);
  let count = 0, pending = "";
  const nextReply = () => `$${`${name}-${count}`.length}\r\n${name}-${count}\r\n`;
  try {
    for (let sent = 0;;) {
      const batch = Array.from({ length: BATCH }, () => `ECHO ${name}-${sent++}\r\n`).join("");
      await conn.write(new TextEncoder().encode(batch));
      while (count < sent) {
        const got = await conn.read(buffer);
        if (got === null) break;
        pending += new TextDecoder().decode(buffer.subarray(0, got));
        for (let due = nextReply(); pending.startsWith(due); due = nextReply()) {
          pending = pending.slice(due.length);
          count++;
          answered();
        }
      }
      if (count < sent) break;
    }
  } catch (error) {
    // The end as a reset: the client was in the accept queue, or had just sent.
    if (
      !(error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe)
    ) {
      throw error;
    }
  }
  assertEquals(pending, "", `client ${name} got a torn or wrong reply`);
  return count;
}

for (const lesson of NUMBERS) {
  Deno.test({
    name:
      `lesson ${lesson}: at SIGTERM what was done is answered, and what is not answered was not done`,
    ignore,
    async fn() {
      const seed = seedOf();
      const random = randomNumbers(seed);
      for (let round = 0; round < 3; round++) {
        const server = await LessonServer.start(lesson);
        const enough = Promise.withResolvers<void>();
        let left = 1 + random(MOST_REPLIES);
        const answered = () => --left === 0 && enough.resolve();
        const clients = Array.from(
          { length: lesson === 1 ? 1 : CLIENTS },
          (_, name) => client(server.port, name, answered),
        );
        await within(enough.promise, "some replies");
        const { code, stdout, stderr } = await server.stop();
        const counts = await Promise.all(clients);
        const replies = counts.reduce((sum, count) => sum + count, 0);
        const [, done] = /^stopped: .*?, (\d+) commands?$/m.exec(stdout) ?? [];
        assertEquals(code, 0);
        assertEquals(stderr, "");
        assertEquals(Number(done), replies, `commands done and replies got, SEED=${seed}`);
      }
    },
  });
}
