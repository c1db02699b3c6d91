/** Grades a server of `tests/servers/`. */
import { LESSONS } from "../grader/grading/lessons.ts";
import { type Tried, tryAll } from "../of_grader/try_all.ts";
import { Builder } from "../servers/other_languages/build.ts";
import { type GradedServer, targetOf } from "../servers/servers_in.ts";

/**
 * Tries claims of the server's lesson on it. Throws Error when it does not compile.
 *
 * @param only their ids; default: every claim.
 */
export async function gradeServer(
  server: GradedServer,
  only?: readonly string[],
): Promise<Tried[]> {
  await using builder = new Builder();
  const target = await targetOf(server, builder);
  const all = LESSONS.find(({ lesson }) => lesson === server.lesson);
  if (all === undefined) throw new Error(`${server.file}: there is no lesson ${server.lesson}`);
  const claims = all.claims.filter(({ id }) => only === undefined || only.includes(id));
  const [tried] = await tryAll([{ claims: { ...all, claims }, target }]);
  return tried;
}
