/** How patient the grader is with a server, and for how long it lets requests block. */
import { assertEquals } from "@std/assert";
import { Pace } from "../grader/experiment/pace.ts";

Deno.test("pace: a request blocks longer each time that it was too short, and never longer than SLEEP can", () => {
  const pace = new Pace(0);
  assertEquals(pace.blocksMs(500, 20), 520);
  pace.blocksTimes *= 3;
  assertEquals(pace.blocksMs(500, 20), 1520);
  pace.blocksTimes *= 3 ** 5;
  assertEquals(pace.blocksMs(500, 20), 59_000);
});
