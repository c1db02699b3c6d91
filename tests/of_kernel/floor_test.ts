/**
 * Every model on the kernel floor, where its threads block in system calls: what it owes a client, once
 * each. `FLOOR=kernel deno test -A tests/conformance` tries all that is tried on Deno's floor.
 */
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { kernelSubjects } from "../conformance/subjects.ts";
import { testEach } from "../conformance/tests.ts";
import {
  ask,
  bulk,
  connect,
  connectAndReset,
  expectEnd,
  expectReply,
} from "../conformance/wire.ts";
import { expectNothingLeft, warmUp } from "../conformance/nothing_left.ts";
import { manyBytes, send } from "../of_parts/helpers.ts";

const LARGE = manyBytes(512 * 1024);

testEach("requests in one packet, a large one and a half-close are answered", async (server) => {
  using conn = await connect(server);
  await ask(
    conn,
    "PING\r\nECHO a\r\nSLEEP 20\r\nECHO b\r\n",
    "+PONG\r\n$1\r\na\r\n+OK\r\n$1\r\nb\r\n",
  );
  const sending = send(conn, encodeRequest("ECHO", LARGE)).then(() => conn.closeWrite());
  await expectReply(conn, bulk(LARGE), "512 KiB of ECHO");
  await sending;
  await expectEnd(conn, "a half-close");
}, { tested: kernelSubjects });

testEach("clients that reset, or say half a request, cost nothing for long", async (server, t) => {
  const before = await warmUp(server, t);
  for (const sent of ["", "PING\r\n", "ECHO hal"]) await connectAndReset(server, sent);
  using conn = await connect(server);
  await ask(conn, "PING\r\n", "+PONG\r\n");
  conn.close();
  await expectNothingLeft(server, t, before);
}, { tested: kernelSubjects });
