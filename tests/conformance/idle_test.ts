/** The idle time-out: it ends a connection on which nothing moves, and no other. */
import type { RunningServer } from "../grader/target.ts";
import { send } from "../parts/helpers.ts";
import { testEach } from "./tests.ts";
import { array, ask, bulk, connect, expectEnd, expectReply, joined } from "./wire.ts";

const IDLE_MS = 320;

/** Says something and then no more; is closed. */
async function silent(server: RunningServer, sent: string, reply: string): Promise<void> {
  using conn = await connect(server);
  await ask(conn, sent, reply);
  await expectEnd(conn, `the silence behind ${JSON.stringify(sent)}`);
}

/** Waits for a reply for longer than the time-out, and gets it. */
async function waiting(server: RunningServer): Promise<void> {
  using conn = await connect(server);
  await ask(conn, `SLEEP ${2 * IDLE_MS}\r\n`, "+OK\r\n");
  await ask(conn, "PING\r\n", "+PONG\r\n");
}

const CONTENT = new Uint8Array(512 * 1024).fill(120);
const REPLY = bulk(CONTENT);
/** 24 MB: far more than the kernel keeps, so that the server stays in the middle of its writes. */
const REPLIES = 48;
/** Read at a time, with a pause behind: all replies take three times the time-out, or more. */
const BITE_BYTES = 128 * 1024, PAUSE_MS = 3 * IDLE_MS / (REPLIES * REPLY.length / BITE_BYTES);

/** Takes longer to read its replies than the time-out, and gets them whole. */
async function readingSlowly(server: RunningServer): Promise<void> {
  using conn = await connect(server);
  const sending = send(conn, joined(...Array(REPLIES).fill(array("ECHO", CONTENT))));
  sending.catch(() => {});
  for (let i = 1; i <= REPLIES; i++) {
    for (let at = 0; at < REPLY.length; at += BITE_BYTES) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const bite = REPLY.subarray(at, at + BITE_BYTES);
      await expectReply(conn, bite, `reply ${i} of ${REPLIES}, read slowly`);
    }
  }
  await sending;
}

testEach("idle connections are closed, those that wait or read slowly are not", async (...args) => {
  const [server, , { serial }] = args;
  const clients = [
    () => silent(server, "ECHO hel", ""),
    () => waiting(server),
    () => readingSlowly(server),
    () => silent(server, "", ""),
    () => silent(server, "PING\r\n", "+PONG\r\n"),
  ];
  if (!serial) await Promise.all(clients.map((client) => client()));
  else for (const client of clients) await client();
}, { sizes: () => ({ idleTimeoutMs: IDLE_MS }) });
