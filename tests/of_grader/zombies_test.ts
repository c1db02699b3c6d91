/** A server's children for whose end nobody waited stay behind with nobody when it is gone. */
import { assertEquals } from "@std/assert";
import { adoptOrphans } from "../grader/server/orphans.ts";
import { childrenOf, endedUnwaited, procExists } from "../grader/server/proc.ts";
import { RunningServer } from "../grader/server/running_server.ts";

const SERVER = new URL("stuck_server.ts", import.meta.url).pathname;

Deno.test({
  name: "a server's zombies are waited for when it ends" +
    (procExists ? "" : " (skipped: needs /proc)"),
  ignore: !procExists,
}, async () => {
  adoptOrphans();
  // A shell waits for its child; the program that it becomes does not, so the child ends after that.
  const serve = `exec '${Deno.execPath()}' run --allow-net '${SERVER}' {port} reads-nothing`;
  const server = await RunningServer.start({
    kind: "command",
    name: "leaves a zombie",
    command: `bash -c "(while grep -q bash /proc/$$/comm; do sleep 0.05; done) & ${serve}"`,
  });
  const [child] = childrenOf(server.pid);
  while (!endedUnwaited(child)) await new Promise((resolve) => setTimeout(resolve, 20));
  await server.stop();
  assertEquals(childrenOf(Deno.pid).includes(child), false);
});
