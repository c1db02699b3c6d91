/** The program of the workers in worker_pool_test.ts: the business as it is. */
import { workerMain } from "../../models/parts/worker_pool.ts";

workerMain(import.meta, (context, request, id) => context.business.run(request, id));
