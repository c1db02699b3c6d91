/**
 * The grader graded: every server in `servers/pretenders/` lacks something of its lesson's model and
 * wants the points all the same, with the grader's source in mind. It loses what it pretends, for
 * certain; whether the grader then trusts it in other things is left open.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { failureText } from "../grader/experiment/try_claim.ts";
import { serversIn } from "../servers/servers_in.ts";
import { gradeServer } from "./graded_servers.ts";

const SERVERS = serversIn("pretenders");
const FEWEST = 20;

Deno.test(`there are at least ${FEWEST} pretenders, for every lesson, and each names what it loses`, () => {
  assert(SERVERS.length >= FEWEST, `there are ${SERVERS.length}`);
  assertEquals([...new Set(SERVERS.map(({ lesson }) => lesson))], [1, 2, 3, 4, 5, 6, 7]);
  for (const { file, lesson, header, loses } of SERVERS) {
    assertMatch(header, new RegExp(`Pretends to be lesson ${lesson}`), file);
    assert(loses.length > 0, `${file} names no claim`);
    assert(loses.every((id) => id.startsWith(`${lesson}.`)), `${file} names other lessons`);
  }
});

for (const server of SERVERS) {
  const { file, loses, skipped } = server;
  Deno.test(
    { name: `${file} loses ${loses.join(", ")}${skipped}`, ignore: skipped !== "" },
    async () => {
      const tried = await gradeServer(server, loses);
      for (const id of loses) {
        const verdict = tried.find(({ claim }) => claim.id === id)?.verdict;
        assert(verdict !== undefined, `${file}: there is no claim ${id}`);
        assertEquals(verdict.status, "fail", `${file}, ${id}: ${failureText(verdict)}`);
      }
    },
  );
}
