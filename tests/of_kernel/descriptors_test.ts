/** Descriptors on the kernel floor: what a thread has open is counted, and what a dead one had, closed. */
import { assert, assertEquals } from "@std/assert";
import { kernelFloorExists } from "../../models/parts/kernel/libc.ts";
import { threadDescriptors } from "../../models/parts/sockets/descriptors.ts";
import { kernelSubjects } from "../conformance/subjects.ts";
import { testEach } from "../conformance/tests.ts";
import { ask, connect } from "../conformance/wire.ts";
import { openDescriptors } from "../grader/server/proc.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { text } from "../of_parts/helpers.ts";
import { fileURLToPath } from "node:url";

const ignore = !kernelFloorExists();
const why = ignore ? " (not run: there is no kernel floor here)" : "";
const PROGRAM = fileURLToPath(new URL("./dying_threads.ts", import.meta.url));

Deno.test({
  name: `kernel: of threads that die outside their body no descriptor is left${why}`,
  ignore,
  async fn() {
    const args = ["run", "-A", "--no-check", PROGRAM];
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    assertEquals(text(stdout), "closed, 1 thread\n", text(stderr));
  },
});

const FEW = 2, MANY = 6;
const tested = kernelSubjects.filter(({ model }) => model === 5);

testEach("a thread with a loop has no more open than is reckoned for it", async (server, t) => {
  const few = await openWith(FEW, server);
  const many = await openWith(MANY, await t.server({ threads: MANY }));
  // Each client has one too; and a thread has one in passing.
  const each = (many - few) / (MANY - FEW) - 1;
  assert(each + 1 <= threadDescriptors("kernel"), `a thread has ${each} descriptors`);
}, { tested, sizes: () => ({ threads: FEW }) });

/** The server's descriptors when each of its threads has answered a client, which is still there. */
async function openWith(threads: number, server: RunningServer): Promise<number> {
  const clients: Deno.TcpConn[] = [];
  try {
    for (let i = 0; i < threads; i++) {
      const client = await connect(server);
      clients.push(client);
      await ask(client, "PING\r\n", "+PONG\r\n");
    }
    return openDescriptors(server.pid);
  } finally {
    for (const client of clients) client.close();
  }
}
