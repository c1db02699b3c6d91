/** The fuzz is tried itself: servers that are wrong in one named way are found out by it. */
import { assertRejects } from "@std/assert";
import { procExists } from "../grader/server/proc.ts";
import { seedOf } from "./run.ts";
import { fuzzServer } from "./servers.ts";

const FOLDER = new URL("../servers/broken/", import.meta.url);
/** Far more than it takes to find them. */
const CASES = 1500, CLIENTS = 4;

/** Servers of tests/servers/broken, and what is wrong with them. */
const BROKEN: Readonly<Record<string, string>> = {
  "4_overtakes": "answers out of order",
  "4_closes_at_half_close": "closes when the client has sent its last",
};

for (const [name, wrong] of Object.entries(BROKEN)) {
  const reason = procExists ? "" : " (not run: servers are watched by way of Linux's /proc)";
  Deno.test(
    { name: `a server that ${wrong} is found out${reason}`, ignore: !procExists },
    async () => {
      const url = new URL(`${name}.ts`, FOLDER).href;
      const reads = [new URL("../../models/", import.meta.url), FOLDER].map(({ href }) => href);
      await assertRejects(
        () => fuzzServer({ kind: "file", name, url, reads }, {}, CLIENTS, CASES, seedOf(), true),
        Error,
        "SEED=",
      );
    },
  );
}
