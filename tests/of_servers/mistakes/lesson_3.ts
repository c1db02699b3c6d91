/** Mistakes in exercise 3. */
import type { Mistake } from "./mistake.ts";

const READY_RUN = "context.business.run(request, ready.connection.id)";

/** Lesson 3: one loop. */
export const LOOP: readonly Mistake[] = [
  [
    3,
    "wait without await",
    [["of await selector.wait()", "of selector.wait()"]],
    /exercise\.ts:\d+:\d+: .*is not iterable.*Is an `await` missing/,
  ],
  [
    3,
    "no connection is watched",
    [["selector.watch(connection);", ""]],
    /Nowhere in the file is `selector\.watch\(\)`/,
  ],
  [
    3,
    'no case "readable"',
    [['case "readable":', 'case "never":']],
    /Nowhere in the file is `"readable"`/,
  ],
  [
    3,
    'no case "written"',
    [['case "written":', 'case "never":']],
    /Nowhere in the file is `"written"`/,
  ],
  [
    3,
    'no case "accept"',
    [['case "accept": {', 'case "never": {']],
    /Nowhere in the file is `"accept"`/,
  ],
  [
    3,
    "nothing is written",
    [["selector.write(ready.connection);", ""]],
    /Nowhere in the file is `\.write\(\)`/,
  ],
  [
    3,
    "a string for a reply",
    [[READY_RUN, '"PONG"']],
    /reply\(\) takes what business\.run\(\) returned/,
  ],
  [
    3,
    "a misspelled part",
    [["selector.watch(", "selector.wach("]],
    /There is no function `selector\.wach`/,
  ],
  [
    3,
    "never closes",
    [[
      "if (ready.connection.ended) selector.close(ready.connection);\n          else ",
      "",
    ]],
    /3\.R1 .*the server's close after QUIT.*Nowhere in the file is `\.close\(\)`: nobody says goodbye/,
  ],
  [3, "closes after each reply", [["if (ready.connection.ended) selector", "selector"], [
    "else selector.read(ready.connection);",
    "",
  ]], /closed the connection.*Nowhere in the file is `\.read\(\)`/],
  [
    3,
    "spins",
    [["of await selector.wait()", "of []"]],
    /uses the CPU all the time.*Nowhere in the file is `selector\.wait\(\)`/,
  ],
  [
    3,
    "the loop ends after the first round",
    [["while (selector.open) {", "{"]],
    /serve\(\) has ended by itself: is the loop missing/,
  ],
  [
    3,
    "one request of each packet",
    [[
      "for (const request of ready.connection.requests()) {",
      "for (const request of [ready.connection.nextRequest()]) {",
    ]],
    /several requests in one packet: reply 2 of 4|exercise\.ts:\d+:\d+: TypeError: Cannot destructure property 'name' of 'undefined'/,
  ],
];
