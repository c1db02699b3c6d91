/**
 * The grader graded: every server in `servers/unusual/` is right for its lesson, and not what one
 * thinks of first. It has full marks there, but for the claims that its header says it does not keep.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { failureText } from "../grader/experiment/try_claim.ts";
import { serversIn } from "../servers/servers_in.ts";
import { gradeServer } from "./graded_servers.ts";

const SERVERS = serversIn("unusual");
const FEWEST = 25;

Deno.test(`there are at least ${FEWEST} unusual servers, for every lesson, and each says so`, () => {
  assert(SERVERS.length >= FEWEST, `there are ${SERVERS.length}`);
  assertEquals([...new Set(SERVERS.map(({ lesson }) => lesson))], [1, 2, 3, 4, 5, 6, 7]);
  for (const { file, lesson, header, loses } of SERVERS) {
    assertMatch(header, new RegExp(`Right for lesson ${lesson}`), file);
    assert(loses.every((id) => id.startsWith(`${lesson}.`)), `${file} names other lessons`);
  }
});

for (const server of SERVERS) {
  const { file, lesson, loses, skipped } = server;
  const marks = loses.length === 0 ? "full marks" : `all marks but those of ${loses.join(", ")}`;
  const name = `${file} has ${marks} in lesson ${lesson}${skipped}`;
  Deno.test({ name, ignore: skipped !== "" }, async () => {
    const lost = (await gradeServer(server))
      .filter(({ verdict }) => verdict.status !== "pass");
    const story = lost.map(({ claim, verdict }) => `${claim.id} ${failureText(verdict)}`);
    assertEquals(lost.map(({ claim }) => claim.id), loses, `${file} lost:\n${story.join("\n")}`);
    for (const { claim, verdict } of lost) {
      assertEquals(verdict.status, "fail", `${file}, ${claim.id}: ${failureText(verdict)}`);
    }
  });
}
