/** Some thousands of cases of the parser's properties; `deno task fuzz` tries as many as one likes. */
import fc from "fast-check";
import { parserProperties } from "./properties.ts";
import { seedOf, settings } from "./run.ts";

const CASES = 2000;

for (const [title, property] of Object.entries(parserProperties)) {
  Deno.test(
    title,
    () => fc.assert<unknown[]>(property as fc.IProperty<unknown[]>, settings(CASES, seedOf())),
  );
}
