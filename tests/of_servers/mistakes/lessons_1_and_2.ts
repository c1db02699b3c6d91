/** Mistakes in exercises 1 and 2. */
import type { Mistake } from "./mistake.ts";

const RUN = "context.business.run(request, connection.id)";

/** Lessons 1 and 2: one connection at a time, and a thread for each. */
export const EARLY: readonly Mistake[] = [
  [
    1,
    "a string for a reply",
    [[`connection.reply(${RUN})`, 'connection.reply("PONG")']],
    /exercise\.ts:\d+:\d+: TypeError: reply\(\) takes what business\.run\(\) returned/,
  ],
  [
    1,
    "nothing is written",
    [["await connection.write();", ""]],
    /Nowhere in the file is `\.write\(\)`/,
  ],
  [
    1,
    "read without await",
    [["while (await connection.read())", "while (connection.read())"]],
    /(uses the CPU all the time|grows without a bound).* is an `await` missing/,
  ],
  [
    1,
    "accept without await",
    [["await acceptor.accept()", "acceptor.accept()"]],
    /exercise\.ts:\d+:\d+: .*is an `await` missing/,
  ],
  [
    1,
    "openConnection is not imported",
    [["Acceptor, openConnection", "Acceptor"]],
    /Is `openConnection` imported/,
  ],
  [
    1,
    "the connection is never closed",
    [["await connection.close();", ""]],
    /Nowhere in the file is `\.close\(\)`/,
  ],
  [
    1,
    "one request only",
    [["while (await", "if (await"]],
    /1\.R1 .*each command, right and wrong.* client the server (closed|reset) the connection/,
  ],
  [
    1,
    "one connection only",
    [["for (;;) {", "{"]],
    /serve\(\) has ended by itself: is the loop missing, or does it return too early/,
  ],
  [
    1,
    "no reply is queued",
    [[`connection.reply(${RUN});`, `${RUN};`]],
    /Nowhere in the file is `connection\.reply\(\)`/,
  ],
  [
    1,
    "throws",
    [[`connection.reply(${RUN});`, 'throw new Error("not yet");']],
    /exercise\.ts:\d+:\d+: Error: not yet/,
  ],
  [
    1,
    "clients are not waited for",
    [
      ["// [4] Who reads", "(async () => {\n// [4] Who reads"],
      ["await connection.close();", "await connection.close();\n})();"],
    ],
    /1\.P1 .*client 2 before its turn: it got "client 2".*accept the next connection only when this one is closed/,
  ],
  [2, "the threads have no program", [["threadMain<ThreadInit>(import.meta, async", "(async"], [
    "await connection.close();\n});",
    "await connection.close();\n});\n",
  ]], /Nowhere in the file is `threadMain\(\)`/],
  [2, "the main thread waits for the thread", [[
    "threads.add(thread",
    "await thread.exited;\nthreads.add(thread",
  ]], /nothing comes, and the server waits.*what does that one wait for/],
  [
    2,
    "nothing is written",
    [["await connection.write();", ""]],
    /Nowhere in the file is `\.write\(\)`/,
  ],
  [2, "the thread throws", [[
    "const stream = openHandedOver",
    "null.x;\nconst stream = openHandedOver",
  ]], /exercise\.ts:\d+:\d+: TypeError: Cannot read properties of null/],
  [
    2,
    "a misspelled part",
    [["socket.handOver()", "socket.handover()"]],
    /There is no function `socket\.handover`/,
  ],
  [2, "one request only", [[
    "while (await connection.read())",
    "if (await connection.read())",
  ]], /2\.R1 .*each command, right and wrong.* client the server (closed|reset) the connection/],
];
