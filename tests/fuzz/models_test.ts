/** Some hundreds of cases on every model; `deno task fuzz` plays as many as one likes. */
import { procExists } from "../grader/server/proc.ts";
import { subjects } from "../conformance/subjects.ts";
import { seedOf } from "./run.ts";
import { fuzzModel } from "./servers.ts";

/** A new connection, or a new event, costs these models a thread. */
const DEAR = [2, 7];
const CASES = 600, CASES_OF_DEAR = 150;

for (const subject of subjects) {
  const cases = DEAR.includes(subject.model) ? CASES_OF_DEAR : CASES;
  const reason = procExists ? "" : " (not run: servers are watched by way of Linux's /proc)";
  Deno.test({
    name:
      `${subject.name}: any bytes, cut anywhere, from several clients, get the reference's replies${reason}`,
    ignore: !procExists,
    fn: () => fuzzModel(subject, cases, seedOf()),
  });
}
