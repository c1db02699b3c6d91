/**
 * The parts without which an exercise cannot answer anything, and what is said when a file has none of
 * them. It is looked for in the text only: advice, and never a verdict.
 */

/** A part: how it is recognized, its name, and what happens without it. */
export type Part = readonly [text: RegExp, name: string, without: string];

const ACCEPT: Part = [/\.accept\(/, "acceptor.accept()", "nobody is accepted"];
const OPEN: Part = [/\bopenConnection\(/, "openConnection()", "what was accepted is never opened"];
const RUN: Part = [/\.run\(/, "context.business.run()", "nobody does the business"];
const REPLY: Part = [/\.reply\(/, "connection.reply()", "no reply is queued"];
const WRITE: Part = [/\.write\(/, ".write()", "what is queued is never sent"];
const READ: Part = [/\.read\(/, ".read()", "nothing more is read"];
const WAIT: Part = [/\.wait\(/, "selector.wait()", "nothing is waited for"];
const LISTEN: Part = [
  /\.watchListener\(/,
  "selector.watchListener()",
  "nobody waits for new connections",
];
const WATCH: Part = [/\.watch\(/, "selector.watch()", "no connection is watched"];
const CLOSE: Part = [/\.close\(/, ".close()", "nobody says goodbye"];
const READABLE: Part = [/["']readable["']/, '"readable"', "requests come, and nobody takes them"];
const WRITTEN: Part = [/["']written["']/, '"written"', "nothing is begun when a reply is sent"];
const MESSAGE: Part = [/["']message["']/, '"message"', "nobody takes what comes as a message"];
const ACCEPTED: Part = [/["']accept["']/, '"accept"', "nobody takes a new connection"];
const REQUESTS: Part = [
  /\.(requests|nextRequest)\(|\bnextTrip\(/,
  "connection.requests()",
  "no request is taken",
];
const START: Part = [/\bstartThread\(/, "startThread()", "no thread is started"];
const THREAD: Part = [/\bthreadMain\b/, "threadMain()", "the threads have no program"];
const HANDED: Part = [
  /\bopenHandedOver\(/,
  "openHandedOver()",
  "what was handed over is not opened",
];
const GIVE: Part = [/\.give\(/, "watchers.give()", "no thread gets the connection"];

const LOOP = [ACCEPTED, OPEN, WATCH, READABLE, REQUESTS, RUN, REPLY, WRITE, WRITTEN, READ, CLOSE];

/** By lesson, in the order in which a request meets them. */
export const PARTS_NEEDED: Readonly<Record<number, readonly Part[]>> = {
  1: [ACCEPT, OPEN, READ, REQUESTS, RUN, REPLY, WRITE, CLOSE],
  2: [
    ACCEPT,
    [/\.handOver\(/, "socket.handOver()", "the connection is not given away"],
    START,
    THREAD,
    HANDED,
    [/\bnew Connection\(/, "new Connection()", "no connection is made of the bytes"],
    READ,
    REQUESTS,
    RUN,
    REPLY,
    WRITE,
    CLOSE,
  ],
  3: [LISTEN, WAIT, ...LOOP],
  4: [
    [/\bnew WorkerPool\(/, "new WorkerPool()", "there are no workers"],
    [/\bworkerMain\(/, "workerMain()", "the workers have no program, and take no request"],
    LISTEN,
    WAIT,
    ...LOOP.filter((part) => part !== RUN),
    [/\.submit\(/, "pool.submit()", "no worker gets a request"],
    [/\.post\(/, "selector.post()", "the loop is not told that a worker is done"],
    MESSAGE,
    RUN,
  ],
  // Who knows the models' own pool of threads may take that.
  5: [
    ACCEPT,
    [/\bstartThread\(|\bnew IoThreads\(/, "startThread()", "no thread is started"],
    [/\.(post|give)\(/, "thread.post()", "no thread gets a connection"],
    [/\bthreadMain\b|\bioThreadMain\(/, "threadMain()", "the threads have no program"],
    [/\bonMessage\(|\bioThreadMain\(/, "onMessage()", "the threads do not hear what is posted"],
    [/\bopenHandedOver\(|\bioThreadMain\(/, HANDED[1], HANDED[2]],
    ...LOOP.filter((part) => part !== ACCEPTED),
    WAIT,
  ],
  6: [
    LISTEN,
    WAIT,
    ...LOOP,
  ],
  7: [
    ACCEPT,
    GIVE,
    OPEN,
    [/\.lend\(/, "lender.lend()", "no thread is started for a connection"],
    [/\breadRequests\(/, "readRequests()", "nothing is read"],
    RUN,
    REPLY,
    WRITE,
    MESSAGE,
    [/\.takeBack\(/, "lender.takeBack()", "a connection that comes back is lost"],
  ],
};
