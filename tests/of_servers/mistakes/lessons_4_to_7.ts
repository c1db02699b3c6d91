/** Mistakes in exercises 4 to 7. */
import type { Mistake } from "./mistake.ts";

const HAND_BACK = "ready.message.connection.reply(ready.message.reply);\n";
const WORKER =
  "workerMain(import.meta, (context, request, id) => context.business.run(request, id));";

/** Lesson 4: a pool of workers. */
export const POOL: readonly Mistake[] = [
  [4, "no workerMain", [[WORKER, ""]], /Nowhere in the file is `workerMain\(\)`/],
  [
    4,
    'no case "message"',
    [['case "message":', 'case "never":']],
    /Nowhere in the file is `"message"`/,
  ],
  [
    4,
    "no write",
    [["selector.write(ready.message.connection);", ""]],
    /Nowhere in the file is `\.write\(\)`/,
  ],
  [
    4,
    "no post",
    [["(done) => selector.post(done)", "() => {}"]],
    /Nowhere in the file is `selector\.post\(\)`/,
  ],
  [4, "a worker returns nothing", [[
    "=> context.business.run(request, id));",
    "=> { context.business.run(request, id); });",
  ]], /worker-1 died: .*'bytes' of 'reply' as it is undefined.*does the function return it/],
  [
    4,
    "a worker throws",
    [[
      "=> context.business.run(request, id));",
      "=> { throw new Error(`${id} is not mine`); });",
    ]],
    /exercise\.ts:\d+:\d+: Error: 1 is not mine.*Nobody catches what is thrown at exercise\.ts:\d+/,
  ],
  [
    4,
    "no submit",
    [["pool.submit(ready.connection, ...trip);", ";"]],
    /Nowhere in the file is `pool\.submit\(\)`/,
  ],
  [4, "no reply is queued", [[HAND_BACK, ""]], /Nowhere in the file is `connection\.reply\(\)`/],
  [
    4,
    "one worker",
    [["import.meta.url, workers, context", "import.meta.url, 1, context"]],
    /4\.P1 .*with 2 workers and 1 request under way, .* held up.*FAIL 4\.P3/,
  ],
  [
    4,
    "the loop does the business",
    [
      [
        "pool.submit(ready.connection, ...trip)",
        "selector.post({ connection: ready.connection, reply: context.business.run(trip[0], 1) })",
      ],
    ],
    /4\.P1 .*1 request under way, .* held up.*FAIL 4\.P2 \d+ connections left in the accept queue/,
  ],
];

/** Lessons 5 to 7. */
export const LATE: readonly Mistake[] = [
  [
    5,
    "no thread gets a connection",
    [["ioThreads.give(accepted);", ""]],
    /Nowhere in the file is `thread\.post\(\)`: no thread gets a connection/,
  ],
  [
    5,
    "the threads have no program",
    [["ioThreadMain(import.meta, eventLoop);", ""]],
    /Nowhere in the file is `threadMain\(\)`: the threads have no program/,
  ],
  [
    5,
    "one thread",
    [["import.meta.url, threads, context", "import.meta.url, 1, context"]],
    /5\.P1 .*the bytes of \d clients were read by 1 thread.*hands the connections out evenly/,
  ],
  [
    5,
    "nothing is written",
    [["selector.write(ready.connection);", ""]],
    /Nowhere in the file is `\.write\(\)`/,
  ],
  [
    6,
    "one process",
    [["url, processes, maxConnections", "url, processes: 1, maxConnections"]],
    /6\.P1 .*client \d and those after it, none was served.*Every process accepts/,
  ],
  [
    6,
    "nothing listens",
    [["selector.watchListener(acceptor);", ""]],
    /in the accept queue.*Nowhere in the file is `selector\.watchListener\(\)`/,
  ],
  [6, "a process throws", [[
    "const acceptor = new Acceptor",
    "null.x;\n  const acceptor = new Acceptor",
  ]], /exercise\.ts:\d+:\d+: TypeError: Cannot read properties of null/],
  [7, "no thread for an event", [[
    "lender.lend(ready.connection)",
    "selector.read(ready.connection)",
  ]], /Nowhere in the file is `lender\.lend\(\)`/],
  [
    7,
    "what comes back is lost",
    [["selector.watch(lender.takeBack(ready.message));", ""]],
    /Nowhere in the file is `lender\.takeBack\(\)`/,
  ],
  [
    7,
    "nothing is written",
    [["await connection.write();", ""]],
    /Nowhere in the file is `\.write\(\)`/,
  ],
  [
    7,
    "no connection is given away",
    [["watchers.give(accepted);", ""]],
    /Nowhere in the file is `watchers\.give\(\)`/,
  ],
];
