/** The lab's server: whom it answers, what it does for the page, and what ends. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { lanesOf } from "../../lessons/lab/save/run_file.ts";
import { alive } from "../../lessons/lab/sample/threads.ts";
import { Page } from "./page_without_browser.ts";

const repliesIn = (events: readonly LabEvent[]) =>
  events.filter((one) => one.source === "client" && one.event === "reply").length;

Deno.test("lab server: answers its own page only", async () => {
  await using page = new Page();
  const refused = [
    await page.get("", { origin: "http://evil.example" }),
    await page.get("api/lessons"),
    await page.get("api/lessons", { "x-token": "0".repeat(32) }),
    await page.ask({ do: "stop" }, { "x-token": "" }),
    await page.ask({ do: "stop" }, { origin: "null" }),
    await page.get("../lab.ts"),
  ];
  assertEquals(refused.map(({ status }) => status), [403, 403, 403, 403, 403, 404]);
  for (const { body } of refused) await body?.cancel();
});

Deno.test("lab server: a name that somebody points at this machine is not its own", async () => {
  await using page = new Page();
  const { hostname, port } = new URL(page.server.url);
  using conn = await Deno.connect({ hostname, port: Number(port) });
  const request = `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`;
  await conn.write(new TextEncoder().encode(request));
  assertStringIncludes(await new Response(conn.readable).text(), "HTTP/1.1 421 ");
});

Deno.test("lab server: gives out the page, whose script is small", async () => {
  await using page = new Page();
  const html = await (await page.get("")).text();
  assertStringIncludes(html, "page.js");
  const script = await page.get("page.js");
  assertEquals(script.headers.get("content-type"), "text/javascript; charset=utf-8");
  const packed = new Response(script.body!.pipeThrough(new CompressionStream("gzip")));
  const bytes = (await packed.arrayBuffer()).byteLength;
  assert(bytes > 10_000 && bytes < 150_000, `${bytes} bytes`);
});

Deno.test("lab server: starts a server, lets clients act, and tells what happens", async () => {
  await using page = new Page();
  await page.act({ do: "start", lesson: 4, sizes: { workers: 2 } });
  await page.act({ do: "connect", count: 3, line: "SLEEP 50" });
  await page.act({ do: "send", client: 2, line: "ECHO <script>alert(1)</script>" });
  // A worker may come up when the other one has done everything.
  const events = await page.until((events) =>
    repliesIn(events) === 4 && lanesOf(events).threads.size === 3
  );
  const { clients, threads } = lanesOf(events);
  assertEquals(clients.map(({ requests }) => requests.length).sort(), [1, 1, 2]);
  assertEquals([...threads.keys()].sort(), ["main", "worker-1", "worker-2"]);
});

Deno.test("lab server: plays a scene, and says what is to be seen", async () => {
  await using page = new Page();
  await page.act({ do: "scene", claim: "3.C1" });
  let words = "";
  await page.until((_, state) => (words = state.words) !== "");
  assertStringIncludes(words, "for client 1 on main");
});

Deno.test("lab server: what cannot be done is refused in one line", async () => {
  await using page = new Page();
  const before = await page.ask({ do: "connect", count: 1 });
  assertEquals([before.status, await before.json()], [400, { why: "no server runs" }]);
  await page.act({ do: "start", lesson: 3 });
  const orders = [
    null,
    { do: "start", lesson: 9 },
    { do: "start", lesson: 4, sizes: { workers: 1000 } },
    { do: "start", lesson: 4, sizes: { port: 1 } },
    { do: "scene", claim: "9.C9" },
    { do: "connect", count: 201 },
    { do: "connect", count: 1, line: "PING\r\nQUIT" },
    { do: "send", client: 7, line: "PING" },
    { do: "dance", client: 1 },
  ];
  for (const order of orders) {
    const response = await page.ask(order);
    assertEquals(response.status, 400, JSON.stringify(order));
    assert(/^[^\n]+$/.test((await response.json()).why), JSON.stringify(order));
  }
});

Deno.test("lab server: a server that dies is told, with its words, and another can start", async () => {
  await using page = new Page();
  await page.act({ do: "start", lesson: 3 });
  let pid = 0;
  await page.act({ do: "connect", count: 1, line: "INFO" });
  const events = await page.until((events) => repliesIn(events) === 1);
  for (const event of events) {
    if (event.source === "client" && event.event === "reply") {
      pid = Number(/pid:(\d+)/.exec(event.detail ?? "")?.[1]);
    }
  }
  Deno.kill(pid, "SIGKILL");
  let words = "";
  await page.until((_, state) => {
    words = state.words;
    return !state.running;
  });
  assertEquals(words, "the server ended: SIGKILL");
  await page.act({ do: "start", lesson: 3 });
  await page.act({ do: "connect", count: 1, line: "PING" });
  await page.until((events) => repliesIn(events) === 1);
});

Deno.test("lab server: when the last page is closed, the server under it ends", async () => {
  await using page = new Page();
  await page.act({ do: "start", lesson: 3 });
  await page.act({ do: "connect", count: 1, line: "INFO" });
  let detail = "";
  await page.until((events) =>
    events.some((event) => {
      if (event.source !== "client" || event.event !== "reply") return false;
      detail = event.detail ?? "";
      return true;
    })
  );
  const pid = Number(/pid:(\d+)/.exec(detail)?.[1]);
  // `until` has closed the page. Nothing else asks the server to end.
  while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
});
