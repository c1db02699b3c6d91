/** What becomes of an exercise that is asked to end, and of a server that knows nothing of that. */
import { assertEquals, assertMatch } from "@std/assert";
import { tryClaim } from "../grader/experiment/try_claim.ts";
import { endsWhenAsked } from "../grader/probes/ends_when_asked.ts";
import { procExists } from "../grader/server/proc.ts";
import { takeSubmission } from "../grader/submission/take_submission.ts";
import { type Edit, mistaken } from "../of_servers/solved_exercise.ts";
import { withFiles } from "./grader_program.ts";

/** A solved exercise with these edits, and what is said of it. */
const CASES: readonly (readonly [string, lesson: number, edits: readonly Edit[], says: RegExp])[] =
  [
    ["exercise 1", 1, [], /^pass: /],
    [
      "exercise 1 with an empty stop",
      1,
      [["() => current?.finish()", "() => {}"]],
      /^fail: its client stays, and the server waits/,
    ],
    ["exercise 4", 4, [], /^pass: /],
    [
      "exercise 4 that does not close its pool",
      4,
      [["await pool.close();", ""]],
      /^fail: the last connection is closed, and the process does not/,
    ],
    [
      "a server that does not say when it is over, and so may be over at once",
      1,
      [[
        "return serverHandle(acceptor, mainThread(), () => current?.finish());",
        "return { addr: acceptor.addr, finished: mainThread(), shutdown: () => {} } as never;",
      ]],
      /^pass: /,
    ],
  ];

for (const [what, lesson, edits, says] of CASES) {
  const name = `asked to end: ${what}`;
  Deno.test({ name, ignore: !procExists }, async () => {
    await withFiles({ "exercise.ts": mistaken(lesson, edits) }, async (folder) => {
      const taken = await takeSubmission(`${folder}/exercise.ts`);
      if ("refused" in taken) throw new Error(taken.refused);
      const experiment = async (t: Parameters<typeof endsWhenAsked>[0]) => {
        await endsWhenAsked(t, await t.server());
        return "it ended";
      };
      const verdict = await tryClaim({ id: "end", experiment }, taken.target, 1);
      assertMatch(`${verdict.status}: ${verdict.measured}`, says);
      assertEquals(verdict.steps.some(({ what }) => what.includes("SIGTERM")), true);
      taken.remove();
    });
  });
}
