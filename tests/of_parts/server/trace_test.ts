/** Trace: one line an event, for a person or for a program. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  createTrace,
  prettyLine,
  sharedClockMs,
  type TraceEvent,
  type TraceLine,
} from "../../../models/parts/server/trace.ts";
import { randomNumbers, text } from "../helpers.ts";

const PROGRAM = new URL("trace_program.ts", import.meta.url);
const EVENTS: TraceEvent[] = ["listen", "accept", "read", "queue", "start", "thread-start"];

function line(change: Partial<TraceLine>): string {
  const whole: TraceLine = { us: 0, thread: "main", event: "read", connection: 0, detail: "" };
  // deno-lint-ignore no-control-regex
  return prettyLine({ ...whole, ...change }).replace(/\x1b\[\d+m/g, "");
}

/** Columns on a terminal: two for each Chinese character, one for each of the others used here. */
function columns(shown: string): number {
  return shown.length + (shown.match(/[\u4e00-\u9fff]/g)?.length ?? 0);
}

/** What the program prints, whose standard output is not a terminal. */
async function traced(mode: string): Promise<string> {
  const args = ["run", "--no-prompt", PROGRAM.href, mode];
  const cwd = new URL(".", PROGRAM);
  const { code, stdout } = await new Deno.Command(Deno.execPath(), { args, cwd }).output();
  assertEquals(code, 0);
  return text(stdout);
}

Deno.test("trace: off, there is no function to call", () => {
  assertEquals(createTrace("off", "main", sharedClockMs(), () => {}), undefined);
});

Deno.test("trace: json is one object a line, whatever a client put into it", async () => {
  const lines = (await traced("json")).trimEnd().split("\n").map((json) => JSON.parse(json));
  for (const { us } of lines) assert(Number.isInteger(us) && us >= 0);
  assertEquals(lines.map((parsed) => ({ ...parsed, us: 0 })), [
    { us: 0, thread: "thread-12", event: "thread-start", connection: 0, detail: "" },
    { us: 0, thread: "thread-12", event: "start", connection: 3, detail: "ECHO \n\x1b[2J線程" },
  ]);
});

Deno.test("trace: pretty is one line an event, and without colours when nobody looks", async () => {
  const [first, second, ...rest] = (await traced("pretty")).split("\n");
  const withoutTime = (shown: string) => shown.replace(/^ +0\.\d{6} /, "");
  assertEquals(withoutTime(first), " thread-12       thread-start");
  assertEquals(withoutTime(second), " thread-12  #3   start        ECHO ··[2J線程");
  assertEquals(rest, [""]);
});

Deno.test("prettyLine: has its columns", () => {
  assertEquals(
    line({ us: 1_234_567, connection: 12, detail: "9 bytes" }),
    "   1.234567  main       #12  read         9 bytes",
  );
});

Deno.test("prettyLine: is at most 80 columns, however long the parts, and shows what fits", () => {
  const seed = Date.now() % 1_000_000;
  const random = randomNumbers(seed);
  for (let i = 0; i < 500; i++) {
    const detail = Array.from({ length: random(100) }, () => "a線"[random(2)]).join("");
    const shown = line({
      us: random(10) === 0 ? 1e13 : random(1e9),
      thread: ["main", "thread-7", "thread-100000"][random(3)],
      event: EVENTS[random(EVENTS.length)],
      connection: random(2) === 0 ? random(10) : random(10_000_000),
      detail,
    });
    assert(columns(shown) <= 80, `seed ${seed}: ${columns(shown)} columns: ${shown}`);
    assert(shown.endsWith(detail) || columns(shown) >= 79, `seed ${seed}: cut short: ${shown}`);
  }
});

Deno.test("prettyLine: a large connection number stays apart from the event", () => {
  assertMatch(line({ connection: 1_234_567 }), / #1234567 read$/);
});

Deno.test("prettyLine: what a client sends can't steer the terminal or begin a line", () => {
  const shown = line({ detail: "a\r\nb\x1b[31mc\x9b1md\u202ee\u2028f\x7f" });
  assertMatch(shown, / a··b·\[31mc·1md·e·f·$/);
});

Deno.test("prettyLine: a character is never cut in two", () => {
  for (let n = 30; n < 42; n++) {
    assert(line({ detail: "a".repeat(n) + "😀".repeat(9) }).isWellFormed());
  }
});
