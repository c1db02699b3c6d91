/** Lanes as they are drawn in a terminal. */
import { assert, assertEquals } from "@std/assert";
import { setColorEnabled, stripAnsiCode } from "@std/fmt/colors";
import { drawLanes, legend } from "../../lessons/lab/screen/draw.ts";
import { columnsOf, wrap } from "../../lessons/lab/screen/wrap.ts";
import { lanesOf, story } from "./made_run.ts";

const TWO_CLIENTS = lanesOf(story(`
    0   main listen 0 127.0.0.1:8003
    100 client-1 connect
    101 client-1 connected 5001
    101 client-1 send SLEEP 50
    102 main accept 1 from 127.0.0.1:5001
    103 main read 1 10 bytes
    104 main start 1 SLEEP 50
    110 client-2 connect
    111 client-2 connected 5002
    111 client-2 send PING
    154 main finish 1 SLEEP
    154 main write 1 5 bytes
    155 client-1 reply +OK
    156 main accept 2 from 127.0.0.1:5002
    157 main read 2 6 bytes
    158 main start 2 PING
    159 main finish 2 PING
    159 main write 2 7 bytes
    160 client-2 reply +PONG
    160 client-1 close
    160 client-2 close`));

function drawn(columns: number, colours: boolean): string[] {
  setColorEnabled(colours);
  try {
    return drawLanes(TWO_CLIENTS, columns);
  } finally {
    setColorEnabled(false);
  }
}

Deno.test("draw: threads, clients and the queue over one time axis", () => {
  assertEquals(drawn(74, false), [
    "              0 ms      10        20        30        40        50",
    "main          ----11111111111111111111111111111111111111111111111111----2-",
    "client 1      ~auq##################################################>.....",
    "client 2                ~aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaauq#>",
    "accept queue   1         111111111111111111111111111111111111111111111",
  ]);
});

// With NO_COLOR nothing switches colours on, whoever asks.
const whyNot = Deno.noColor ? " (skipped: NO_COLOR is set)" : "";
Deno.test({
  name: `draw: colours change nothing but the colours${whyNot}`,
  ignore: Deno.noColor,
  fn() {
    const coloured = drawn(74, true);
    assert(coloured.join("") !== drawn(74, false).join(""));
    assertEquals(coloured.map((line) => stripAnsiCode(line).trimEnd()), drawn(74, false));
  },
});

Deno.test("draw: fits whatever width there is", () => {
  for (const columns of [40, 60, 80, 120]) {
    const lines = [...drawn(columns, false), ...legend(columns)];
    assertEquals(lines.filter((line) => columnsOf(line) > columns), []);
  }
});

Deno.test("wrap: Chinese characters take two columns, and a long word is cut", () => {
  assertEquals(wrap("a 線程 b", 4), ["a", "線程", "b"]);
  assertEquals(wrap("線程線程線", 4), ["線程", "線程", "線"]);
  assertEquals(wrap("one two three", 9, "  "), ["  one two", "  three"]);
  for (const line of wrap("等待 ".repeat(40) + "x".repeat(200), 33)) assert(columnsOf(line) <= 33);
});
