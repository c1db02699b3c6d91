/** A grader that starts a server, tells its process, and waits to be killed. Argument: the file. */
import { RunningServer } from "../../grader/server/running_server.ts";
import { takeSubmission } from "../../grader/submission/take_submission.ts";

const checked = await takeSubmission(Deno.args[0]);
if ("refused" in checked) throw new Error(checked.refused);
const server = await RunningServer.start(checked.target);
console.log(server.pid);
