/** The program of the workers in worker_pool_test.ts: the business as it is, and DIE. */
import { workerMain } from "../../../models/parts/worker_pool.ts";

workerMain(import.meta, (context, request, id) => {
  if (request.name === "DIE") throw new Error("made to fail by the test");
  return context.business.run(request, id);
});
