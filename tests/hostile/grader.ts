/** A grader that starts a server, tells its process, and waits to be killed. Argument: the file. */
import { RunningServer } from "../grader/target.ts";
import { checkSubmission } from "../grader/submission.ts";

const checked = await checkSubmission(Deno.args[0]);
if ("refused" in checked) throw new Error(checked.refused);
const server = await RunningServer.start(checked.target);
console.log(server.pid);
