/**
 * Right for lesson 4, and unusual: Node.js with a pool of its `worker_threads`, beside the threads of
 * libuv's pool, which start when a file is first read, and of the engine.
 */
import process from "node:process";
import { isMainThread, parentPort, threadId, Worker } from "node:worker_threads";
import { serveByGiving } from "../other_languages/node_server.mjs";
import { Business } from "../other_languages/business.mjs";

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
  handOut();
}

function handOut() {
  while (free.length > 0 && jobs.length > 0) {
    const worker = free.pop(), { words, done } = jobs.shift();
    worker.once("message", (reply) => {
      free.push(worker);
      done(reply);
      handOut();
    });
    worker.postMessage(words);
  }
}
