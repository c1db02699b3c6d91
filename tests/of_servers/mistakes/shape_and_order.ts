/** Mistakes in exercises 1, 3 and 4 with which a client that asks once is answered. */
import type { Mistake } from "./mistake.ts";

const RUN = "context.business.run(request, connection.id)";
const WRITE_READY = "selector.write(ready.connection);";
const WATCH = "selector.watch(connection);";
const FALLS = /`case "\w+"` does not end with `break`/;
const WHOLE = /is the next request read after each reply, and closed only when no more will come/;
const ORDER = /all 4 replies .* in the order 4, 3, 2, 1.*answered before an earlier one/;
const SEVERAL = /Several requests can come in one packet: .* take all that have come whole/;
const STAYS = /asked to end: its client stays.* what `stop` does is to tell each connection/;

/** What is wrong with the order of things, with a loop's shape, or with the end. */
export const LATER: readonly Mistake[] = [
  [
    1,
    "replies are reversed",
    [["of connection.requests()", "of [...connection.requests()].reverse()"]],
    ORDER,
  ],
  [1, "a connection is closed after one read", [[
    "while (await connection",
    "if (await connection",
  ]], WHOLE],
  [1, "it is closed in the loop", [[
    "await connection.write();",
    "await connection.write(); await connection.close();",
  ]], WHOLE],
  [1, "one request of each read", [[`${RUN});`, `${RUN});\n break;`]], SEVERAL],
  [
    1,
    "it is written after the loop",
    [["        await connection.write();\n      }", "      }\n await connection.write();"]],
    /reply queued, and then written, before anything else is waited for/,
  ],
  [
    1,
    "write without await",
    [["await connection.write()", "connection.write()"]],
    /without end.*Is an `await` missing before a write/,
  ],
  [1, "an empty stop", [["() => current?.finish()", "() => {}"]], STAYS],
  [
    1,
    "run with its arguments the other way round",
    [[RUN, "context.business.run(connection.id, request)"]],
    /exercise\.ts:\d+:\d+: TypeError/,
  ],
  [
    3,
    "replies are reversed",
    [["of ready.connection.requests()", "of [...ready.connection.requests()].reverse()"]],
    ORDER,
  ],
  [3, "no break after accept", [[`${WATCH}\n          break;`, WATCH]], FALLS],
  [3, "no break after readable", [[`${WRITE_READY}\n          break;`, WRITE_READY]], FALLS],
  [
    3,
    "it writes for each request",
    [[`}\n          ${WRITE_READY}`, `${WRITE_READY}\n          }`]],
    /`selector\.write\(\)` stands in the loop over the requests: call it once/,
  ],
  [3, "closed when it has not ended", [[
    "if (ready.connection.ended)",
    "if (!ready.connection.ended)",
  ]], WHOLE],
  [
    3,
    "the listener is not watched",
    [["selector.watchListener(acceptor);", ""]],
    /Nowhere in the file is `selector\.watchListener\(\)`|does somebody accept, or watch the listener/,
  ],
  [
    3,
    "it serves one connection to its end",
    [[
      WATCH,
      `while (await connection.read()) {\n for (const request of connection.requests()) ` +
      `connection.reply(${RUN});\n await connection.write();\n}\nawait connection.close();`,
    ]],
    /Nowhere in the file is `selector\.watch\(\)`.*Wait for all sockets at once/,
  ],
  [
    4,
    "it submits several at once",
    [[
      "const trip = nextTrip(ready.connection);\n          if (trip.length > 0) " +
      "pool.submit(ready.connection, ...trip);\n          else if",
      "let any = false;\n for (const request of ready.connection.requests()) {\n" +
      "pool.submit(ready.connection, request);\n any = true;\n}\n if (any) continue;\n if",
    ]],
    /4\.R1 .*Several requests of one connection are submitted at once/,
  ],
  [4, "no break after accept", [[`${WATCH}\n          break;`, WATCH]], FALLS],
  [
    4,
    "no break after written",
    [["selector.read(ready.connection);\n          break;", "selector.read(ready.connection);"]],
    FALLS,
  ],
  [
    4,
    'no case "written"',
    [['case "written": {', 'case "never": {']],
    /Nowhere in the file is `"written"`/,
  ],
  [
    4,
    "the workers' file is not there",
    [["import.meta.url, workers", 'new URL("./nowhere.ts", import.meta.url).href, workers']],
    /Module not found "nowhere\.ts".*is the file itself, import\.meta\.url/,
  ],
  [
    4,
    "the loop waits for each worker",
    [
      [
        "pool.submit(ready.connection, ...trip);",
        "{\n pool.submit(ready.connection, ...trip);\n" +
        "await new Promise<void>((done) => wake = done);\n}",
      ],
      [
        "/** The main thread. Ends",
        "let wake: (() => void) | undefined;\n/** The main thread. Ends",
      ],
    ],
    /The loop waits at `await new Promise` too/,
  ],
  [
    4,
    "the pool is not closed",
    [["await pool.close();", ""]],
    /asked to end: the last connection is closed, and the process does not end.* is each thread ended/,
  ],
];
