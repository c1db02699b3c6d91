/** INFO: a model tells of itself, and its counters are right. */
import { assertEquals } from "@std/assert";
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { processTree } from "../grader/server/proc.ts";
import { expectedInfo, infoOf, untilInfo } from "./info.ts";
import { testEach } from "./tests.ts";
import { ask, connect } from "./wire.ts";

testEach("INFO tells the model, its sizes and its counters", async (server, _t, subject) => {
  const expected = (clients: number, connections: number, commands: number) =>
    expectedInfo(subject, servingPid(server.pid), clients, { connections, commands });
  const first = await connect(server);
  await ask(first, "PING\r\nnonsense\r\n", "+PONG\r\n-ERR unknown command 'nonsense'\r\n");
  assertEquals(await infoOf(first), expected(1, 1, 3));
  assertEquals(await infoOf(first, encodeRequest("info", "server")), expected(1, 1, 4));
  using second = await connect(server);
  if (!subject.serial) {
    await ask(second, "PING\r\n", "+PONG\r\n");
    assertEquals(await infoOf(first), expected(2, 2, 6));
  }
  first.close();
  const sofar = subject.serial ? 4 : 6;
  // When it notices the close, and the first one's thread has ended, is the server's affair.
  const wanted = { connected_clients: "1", threads: `${subject.threads(1)}` };
  const asked = await untilInfo(second, wanted);
  assertEquals(await infoOf(second), expected(1, 2, sofar + asked + 1));
});

/** The process that serves: the only child, where there is one. */
function servingPid(pid: number): number {
  return processTree(pid).at(-1) ?? pid;
}
