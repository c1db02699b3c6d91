/** When a server counts as at rest, done or ended. */
import { assertEquals } from "@std/assert";
import { untilQuiet, type Watched } from "../grader/server/at_rest.ts";

/** Never at rest: each look finds a thread that runs. */
class EndsAtLook implements Watched {
  readonly port = 1;
  #looks = 0;

  constructor(readonly last: number) {}

  get running(): boolean {
    return ++this.#looks < this.last;
  }

  threads() {
    const used = { cpuNs: this.#looks, systemTicks: 0, runs: this.#looks };
    return [{ tid: 1, pid: Deno.pid, name: "busy", state: "R", ...used }];
  }
}

Deno.test("a server that is to end has done so, in whichever moment it does", async () => {
  for (let last = 1; last <= 8; last++) {
    const server = new EndsAtLook(last);
    assertEquals(await untilQuiet(server, () => !server.running), "done", `at look ${last}`);
  }
});

Deno.test("what came before a server's end is there when its end is seen", async () => {
  const server = new EndsAtLook(1);
  let came = false;
  setTimeout(() => came = true);
  assertEquals(await untilQuiet(server, () => came), "done");
});

Deno.test("a server that ends, and has not done it, has ended", async () => {
  for (let last = 1; last <= 8; last++) {
    assertEquals(await untilQuiet(new EndsAtLook(last), () => false), "ended");
  }
});
