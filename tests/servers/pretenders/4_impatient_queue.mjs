/**
 * Pretends to be lesson 4. Wrong: a request that has waited for a second gets a new worker, which ends when
 * it is done.
 *
 * A grader that looks for a tenth of a second sees a request that waits in the queue, and a pool of a fixed
 * size. There is no bound to the threads of this server.
 *
 * Loses: 4.C3
 */
import process from "node:process";
import { isMainThread, parentPort, threadId, Worker } from "node:worker_threads";
import { serveByGiving } from "../other_languages/node_server.mjs";
import { Business } from "../other_languages/business.mjs";

const PATIENCE_MS = 1000;
const jobs = [], free = [];

if (isMainThread) main(Number(process.argv[2]), Number(process.argv[3]));
else work();

function work() {
  const business = new Business(`worker-${threadId}`);
  parentPort.on("message", (words) => parentPort.postMessage(business.run(words)));
}

function main(port, size) {
  let started = 0;
  for (let i = 0; i < size; i++) {
    const worker = new Worker(new URL(import.meta.url));
    worker.once("online", () => {
      free.push(worker);
      if (++started === size) serveByGiving(port, give);
    });
  }
}

function give(job) {
  jobs.push(job);
  if (free.length > 0) return ask(free.pop(), (worker) => free.push(worker));
  setTimeout(() => {
    if (jobs.includes(job)) {
      ask(new Worker(new URL(import.meta.url)), (worker) => worker.terminate());
    }
  }, PATIENCE_MS);
}

/** Has the worker do the oldest job, and then the next ones, until there is none. */
function ask(worker, atEnd) {
  const job = jobs.shift();
  if (job === undefined) return atEnd(worker);
  worker.once("message", (reply) => {
    job.done(reply);
    ask(worker, atEnd);
  });
  worker.postMessage(job.words);
}
