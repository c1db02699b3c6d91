/** Any byte may occur in an argument, and a client that has sent its last still gets every reply. */
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { manyBytes, randomNumbers, send } from "../of_parts/helpers.ts";
import { onSharedServers } from "./tests.ts";
import { ask, bulk, connect, expectEnd, expectReply, joined } from "./wire.ts";

const testEach = onSharedServers();

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, value) => value);
const CONTENTS: Record<string, string | Uint8Array> = {
  "no byte": "",
  "NUL": "\0",
  "line ends": "\r\n\r\n$3\r\nPING\r\n*1\r\n",
  "UTF-8": "连接描述符 – žluťoučký 🐎",
  "every byte": EVERY_BYTE,
  "broken UTF-8": Uint8Array.of(0xff, 0xc3, 0x28, 0xe2, 0x82),
  "512 KiB": manyBytes(512 * 1024),
};

testEach("ECHO and PING give back every byte as it came", async (server) => {
  using conn = await connect(server);
  for (const [what, content] of Object.entries(CONTENTS)) {
    for (const name of ["ECHO", "PING"]) {
      await send(conn, encodeRequest(name, content));
      await expectReply(conn, bulk(content), `${name} of ${what}`);
    }
  }
  await ask(
    conn,
    joined("ECHO ", Uint8Array.of(0xe8, 0x80), "x\n"),
    joined("$3\r\n", Uint8Array.of(0xe8, 0x80), "x\r\n"),
  );
});

testEach(
  "what was sent before a half-close is answered, then the end comes",
  async (server) => {
    using conn = await connect(server);
    await send(conn, "ECHO a\r\nSLEEP 30\r\nECHO b\r\n");
    await conn.closeWrite();
    await expectReply(conn, "$1\r\na\r\n+OK\r\n$1\r\nb\r\n", "three requests and a half-close");
    await expectEnd(conn, "a half-close");
    using silent = await connect(server);
    await silent.closeWrite();
    await expectEnd(silent, "a half-close without a request");
  },
);

const TOTAL_BYTES = 10_000_000;
const SIZES = [1, 100, 4096, 65_536, 16_384, 512 * 1024, 17, 300_000];
/** All arguments are cut from it, each somewhere else, so that no two are alike. */
const SOURCE = manyBytes(600_000);

/** 10 MB of ECHO requests, and their replies. */
const pieces = (() => {
  const random = randomNumbers(10);
  const contents: Uint8Array[] = [];
  for (let total = 0; total < TOTAL_BYTES;) {
    const size = SIZES[contents.length % SIZES.length];
    const from = random(SOURCE.length - size);
    contents.push(SOURCE.subarray(from, from + size));
    total += size;
  }
  return {
    requests: joined(...contents.map((content) => encodeRequest("ECHO", content))),
    replies: joined(...contents.map(bulk)),
  };
})();

testEach("10 MB, echoed in pieces and half-closed, come back whole", async (server) => {
  using conn = await connect(server);
  const sending = send(conn, pieces.requests).then(() => conn.closeWrite());
  await Promise.all([sending, expectReply(conn, pieces.replies, "10 MB of ECHO")]);
  await expectEnd(conn, "10 MB of ECHO and a half-close");
});
