/** A port that another program takes between being found free and being listened on. */
import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { referenceTarget } from "../grader/server/reference_target.ts";
import { acceptQueue } from "../grader/server/sockets.ts";
import { procExists } from "../grader/server/proc.ts";
import { RunningServer } from "../grader/server/running_server.ts";
import { TargetError } from "../grader/server/target.ts";
import { NO_SERVERS, withFiles } from "./grader_program.ts";

const ignore = !procExists;

/** While the body runs, the first ports that are looked at and found free are kept. */
async function withThieves(count: number, body: (stolen: number[]) => Promise<void>) {
  const listen = Deno.listen;
  const listeners: Deno.TcpListener[] = [], stolen: number[] = [];
  Deno.listen = ((options: Deno.TcpListenOptions) => {
    const listener = listen(options);
    if (stolen.length === count) return listener;
    stolen.push((listener.addr as Deno.NetAddr).port);
    listeners.push(listener);
    return { close() {} };
  }) as typeof Deno.listen;
  try {
    await body(stolen);
  } finally {
    Deno.listen = listen;
    for (const listener of listeners) listener.close();
  }
}

Deno.test(
  { name: "a server whose port is taken gets another, and not its points off", ignore },
  async () => {
    await withThieves(2, async (stolen) => {
      const server = await RunningServer.start(referenceTarget(3));
      assertEquals({ stolen: stolen.length, running: server.running }, {
        stolen: 2,
        running: true,
      });
      assertEquals(stolen.includes(server.port), false);
      await server.stop();
    });
  },
);

Deno.test(
  { name: "a file that is no server is not taken for whoever has its port", ignore },
  async () => {
    await withFiles(NO_SERVERS, async (folder) => {
      await withThieves(1, async (stolen) => {
        const url = `file://${folder}/no_serve.ts`;
        const start = () => RunningServer.start({ kind: "file", name: "no_serve.ts", url });
        await assertRejects(start, TargetError, "does not export a function named serve");
        assertNotEquals(acceptQueue(stolen[0]), undefined);
      });
    });
  },
);
