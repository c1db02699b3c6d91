/** The program of the threads in the tests of EventThreads: model 7's, and a command that fails. */
import { eventThreadMain } from "../../../models/parts/event_threads.ts";
import { readRequests } from "../../../models/parts/read_requests.ts";

eventThreadMain(import.meta, async (connection, { business }) => {
  for await (const request of readRequests(connection)) {
    if (request.name === "DIE") throw new Error("made to fail by the test");
    connection.reply(business.run(request, connection.id));
  }
  await connection.write();
});
