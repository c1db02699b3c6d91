/** The smallest job, for the workers of the models' own pool. */
import { workerMain } from "../../../models/parts/worker_pool.ts";

workerMain(
  import.meta,
  (context, request, connection) => context.business.run(request, connection),
);
