/** The command line of `deno task load`. */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../../lessons/tools/flags.ts";
import { parseLoadArguments } from "../load/arguments.ts";

/** Command lines, without the program, and what is said of them. */
const REFUSALS: readonly (readonly [args: string, says: RegExp])[] = [
  ["", /^what is to be measured\? .* see: deno task load --help$/],
  ["9", /^there is no lesson 9$/],
  ["3x", /^'3x' is neither a lesson nor HOST:PORT$/],
  ["127.0.0.1:0", /neither a lesson nor/],
  [
    "192.168.1.7:80",
    /^load is for servers on this machine: 192\.168\.1\.7 is no loopback address$/,
  ],
  ["example.org:80", /is no loopback address$/],
  ["3 --rate 0", /^--rate: '0' is not a whole number from 1 to 1000000$/],
  ["3 --clients 0", /^--clients: '0' is not up to 12 numbers from 1 to 10000, with commas$/],
  ["3 -P 0", /^--pipeline: '0' is not/],
  ["3 -c", /^--clients needs /],
  ["3 --io gpu", /^--io: 'gpu' is not deno, kernel or deno,kernel$/],
  ["3 --size 9", /^--size: ping has none$/],
  ["3 --work fib --size 46", /^--size: fib takes 0 to 45, not 46$/],
  ["3 --work echo --size 500000 -P 100", /^--pipeline: more than 8 MiB /],
  ["3 --seconds 600 --rounds 20", /^that takes 12010 s: at most 3600$/],
  ["3 --idle 20000", /^20050 connections are too many/],
  ["1", /^lesson 1 serves one client/],
  ["2 --clients 201", /^lesson 2 would need 201 threads: at most 200$/],
  ["3 --fast", /^no flag --fast; /],
];

Deno.test("load: a command line that cannot be followed is refused in one line", () => {
  for (const [args, says] of REFUSALS) {
    const words = args.split(" ").filter((word) => word !== "");
    const { message } = assertThrows(() => parseLoadArguments(words, "/"), UsageError);
    assertMatch(message, says, args);
  }
});

Deno.test("load: what was typed is what is measured", () => {
  const request = parseLoadArguments(
    "3 [::1]:7000 localhost:8003 --io deno,kernel -P16 -c 1,10,10 --work fib".split(" "),
    "/home",
  );
  assert(request !== "help");
  const names = ["lesson 3 deno", "lesson 3 kernel", "[::1]:7000", "127.0.0.1:8003"];
  assertEquals(request.targets.map(({ name }) => name), names);
  assertEquals(request.pipeline, 16);
  assertEquals(request.clients, [1, 10]);
  assertEquals(request.work, { name: "fib", size: 20 });
});
