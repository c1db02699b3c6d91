/** What a server's last words are, in the languages that servers are written in. */
import { assertEquals } from "@std/assert";
import { tellingLine, tellingLines } from "../grader/server/said.ts";
import { killedBy } from "../grader/server/signals.ts";
import { fittingHint } from "../grader/submission/fitting_hint.ts";
import { explanation } from "../grader/submission/advice.ts";
import { pathsShown } from "../grader/server/shown_paths.ts";

/** What a program writes when it dies, and the line that says why. */
const LAST_WORDS: Readonly<Record<string, readonly [output: string, line: string]>> = {
  Rust: [
    "listening on 8003\n\nthread 'main' panicked at src/main.rs:12:5:\nindex out of bounds\n" +
    "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    "thread 'main' panicked at src/main.rs:12:5: index out of bounds",
  ],
  Go: [
    "panic: runtime error: index out of range [3]\n\ngoroutine 1 [running]:\nmain.main()\n" +
    "\t/tmp/a.go:5 +0x1d\nexit status 2\n",
    "panic: runtime error: index out of range [3]",
  ],
  Python: [
    'Traceback (most recent call last):\n  File "server.py", line 3, in <module>\n    f()\n' +
    "    ~^^\nValueError: no number\n",
    "ValueError: no number",
  ],
  Java: [
    'Exception in thread "main" java.lang.NullPointerException: x\n\tat Loop.main(Loop.java:9)\n',
    'Exception in thread "main" java.lang.NullPointerException: x',
  ],
  Node: [
    "/tmp/a.js:1\nthrow new TypeError('x')\n^\n\nTypeError: x\n    at Object.<anonymous> (/tmp/a.js:1:7)" +
    "\n\nNode.js v22.1.0\n",
    "TypeError: x",
  ],
  Deno: [
    "\x1b[31merror\x1b[0m: Uncaught (in promise) TypeError: x is not a function\n  x();\n  ^\n" +
    "    at file:///copy/exercise.ts:3:1\n",
    "exercise.ts:3:1: TypeError: x is not a function",
  ],
  none: ["first\nsecond\n", "first"],
};

for (const [language, [output, line]] of Object.entries(LAST_WORDS)) {
  Deno.test(`the line that says why a program ended: ${language}`, () => {
    assertEquals(tellingLine(output.replace("file:///copy/", "")), line);
  });
}

Deno.test("what is shown has no stack trace and no colours", () => {
  assertEquals(tellingLines("\x1b[31ma\x1b[0m\n    at f (b.ts:1:2)\n\n"), ["a"]);
  assertEquals(tellingLine(""), undefined);
});

Deno.test("paths are those that the student knows", () => {
  const url = "file:///tmp/connfd-1-x/lessons/submission/exercise.ts";
  const shown = pathsShown({ kind: "file", name: "lessons/4-worker-pool/exercise.ts", url });
  assertEquals(shown(`${url}:3:1`), "lessons/4-worker-pool/exercise.ts:3:1");
  assertEquals(
    shown(new URL("../../models/parts/accept.ts", import.meta.url).href),
    "models/parts/accept.ts",
  );
});

Deno.test("a signal is named, a hint fits the program, an error message is explained", () => {
  assertEquals(killedBy("SIGPIPE"), "killed by SIGPIPE (it wrote to a client that had left); ");
  assertEquals(killedBy(null), "");
  const hint = "It goes round: {is an `await` missing, or |}is it read again?";
  const command = { kind: "command", name: "./a.out", command: "./a.out" } as const;
  assertEquals(fittingHint(hint, command), "It goes round: is it read again?");
  assertEquals(
    explanation("selector.wait is not a function or its return value is not iterable"),
    "Is an `await` missing before what the loop goes through?",
  );
});
