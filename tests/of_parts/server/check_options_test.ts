/** Bad options: every model says which one is bad, and leaves no socket open and no thread running. */
import { assertEquals, assertThrows } from "@std/assert";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { SIZES } from "../../../models/parts/sizes.ts";
import { freePort } from "../../grader/server/listening.ts";
import { listenAgain } from "../helpers.ts";

const FOLDER = new URL("../../../models/", import.meta.url);
const MODELS = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name)
  .filter((name) => /^\d_/.test(name)).sort();

const WHOLE = [-1, 1.5, NaN, Infinity];

/** An option, values that it cannot have, and what is said of them. */
type Bad = readonly [option: string, values: readonly number[], says: string];
const BAD: readonly Bad[] = [
  ...Object.entries(SIZES).map(([name, { least, most }]): Bad => {
    const says = `${name} must be a whole number from ${least} to ${most}, not `;
    return [name, [...WHOLE, least - 1, most + 1], says];
  }),
  ["port", [...WHOLE, 65_536], "port must be a whole number from 0 to 65535, not "],
  [
    "idleTimeoutMs",
    [-1, NaN, Infinity, 86_400_001],
    "idleTimeoutMs must be a number from 0 to 86400000, not ",
  ],
];

/** Addresses of nobody's, and what every model has to throw: what `Deno.listen` does. */
const NO_HOSTS = ["", "no such host", "203.0.113.1"];

for (const name of MODELS) {
  const { serve } = await import(new URL(name, FOLDER).href) as {
    serve: (options: ServeOptions) => Server;
  };

  Deno.test(`${name}: a bad option is named, and nothing is left open`, async () => {
    for (const [option, values, says] of BAD) {
      for (const value of values) {
        const port = freePort();
        const start = () => serve({ port, [option]: value });
        const { message } = assertThrows(start, RangeError);
        assertEquals(message, `${says}${value}`);
        (await listenAgain({ hostname: "127.0.0.1", port })).close();
      }
    }
  });

  Deno.test(`${name}: where nobody can listen it throws what Deno.listen throws`, () => {
    for (const hostname of NO_HOSTS) {
      const wanted = assertThrows(() => Deno.listen({ hostname, port: 0 }), Error);
      const thrown = assertThrows(() => serve({ hostname }), Error);
      assertEquals([thrown.name, thrown.message], [wanted.name, wanted.message]);
    }
  });
}
