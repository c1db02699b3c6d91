/**
 * Right for lesson 6, and unusual: Node.js's cluster with SCHED_NONE, where the children accept from one
 * listening socket by themselves. (By default the main process would accept, and deal connections out.)
 */
import cluster from "node:cluster";
import process from "node:process";
import { serveOnLoop } from "../other_languages/node_server.mjs";
import { Business } from "../other_languages/business.mjs";

cluster.schedulingPolicy = cluster.SCHED_NONE;
if (cluster.isPrimary) keep(Number(process.argv[3]));
else serve(Number(process.argv[2]));

/** Starts processes, and another one for each that ends. */
function keep(processes) {
  cluster.on("exit", () => cluster.fork());
  for (let i = 0; i < processes; i++) cluster.fork();
}

function serve(port) {
  // The main process is gone: nobody would replace this one.
  process.on("disconnect", () => process.exit());
  const business = new Business(`process-${cluster.worker.id}`);
  serveOnLoop(port, (words) => business.run(words));
}
