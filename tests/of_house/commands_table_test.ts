/** The commands that the lessons name are those of the business, and take as many words. */
import { assertEquals } from "@std/assert";
import { Business } from "../../models/parts/protocol/business.ts";
import { SharedState } from "../../models/parts/server/shared_state.ts";

const README = new URL("../../lessons/README.md", import.meta.url);
/** The row of a command: `PING [message]`. */
const ROW = /^\| `([A-Z]+)((?: [^`|]+)?)` +\|/gm;

/** Each command as the lessons' table shows it, and how many words it may have. */
function named(): Map<string, readonly [least: number, most: number]> {
  const [, section] = Deno.readTextFileSync(README).split("\n## The commands that every server ");
  const [table] = section.split("\n## ");
  return new Map(Array.from(table.matchAll(ROW), ([, name, rest]) => {
    const words = rest.trim() === "" ? [] : rest.trim().split(" ");
    const least = words.filter((word) => !word.startsWith("["));
    return [name, [1 + least.length, 1 + words.length]];
  }));
}

const { commands } = new Business({ thread: "", model: "", sizes: {} }, new SharedState());
const table = named();

for (const name of new Set([...commands.keys(), ...table.keys()])) {
  Deno.test(`${name} has the same words in the business and in the lessons' table`, () => {
    assertEquals(
      { inTheLessonsTable: table.get(name) },
      { inTheLessonsTable: commands.get(name)?.words },
      `lessons/README.md and models/parts/protocol/business.ts differ about ${name}`,
    );
  });
}

Deno.test("the lessons' table has the commands in the order of the business", () => {
  assertEquals([...table.keys()], [...commands.keys()]);
});
