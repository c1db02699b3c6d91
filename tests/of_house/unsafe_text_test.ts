/**
 * Every place where strangers' bytes meet a terminal, a file or a page, with one list of texts: none
 * of them may steer the terminal, begin a line of its own or turn the direction of writing.
 */
import { assert, assertEquals } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { shortened } from "../../lessons/tools/flags.ts";
import { replyLines } from "../../lessons/tools/reply_text.ts";
import { rawText } from "../../lessons/tools/client_raw.ts";
import { ReplyParser, type RespReply } from "../../lessons/tools/resp_reply.ts";
import { Business } from "../../models/parts/protocol/business.ts";
import { safeJson, safeLines, safeText } from "../../models/parts/protocol/safe_text.ts";
import { errorReply } from "../../models/parts/protocol/protocol.ts";
import { SharedState } from "../../models/parts/server/shared_state.ts";
import { prettyLine, type TraceLine } from "../../models/parts/server/trace.ts";
import { shown } from "../grader/clients/client.ts";
import { plainText } from "../grader/report/plain_text.ts";

/** What strangers may send. */
const TEXTS = {
  "a colour": "\x1b[31mred\x1b[0m",
  "a title and a bell": "\x1b]0;title\x07",
  "the cursor up, and a line of ours": "\x1b[1A\rlistening on 127.0.0.1:1",
  "C1 controls": "\u009b31m\u0085\u0090",
  "NUL, backspace, DEL": "a\0\b\x7f",
  "CR and vertical tab": "a\rb\vc\fd",
  "right to left": "\u202eabc\u202c",
  "isolates and marks": "\u2066a\u2069\u200e\u200f\u061c",
  "line and paragraph separators": "a\u2028b\u2029c",
  "a byte order mark and a joiner": "\ufeffa\u200db",
  "half a character": "a\ud83d",
  "no character": "\ufffe\uffff",
};

/** As `safe_text.ts` should have it, written in another way: by the names of Unicode's categories. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/u;
const decoder = new TextDecoder();

function traceLine(detail: string): TraceLine {
  return { us: 1, thread: "main", event: "start", connection: 1, detail };
}

/** A reply as the client shows it; the error, when it is none. */
function ofClient(wire: string): string {
  const parser = new ReplyParser();
  parser.push(new TextEncoder().encode(wire));
  try {
    return replyLines(parser.next() as RespReply, "");
  } catch (error) {
    return safeLines((error as Error).message);
  }
}

/** The error for a command of that name. */
function unknownCommand(name: string): string {
  const words = [new TextEncoder().encode(name)];
  const business = new Business({ thread: "", model: "", sizes: {} }, new SharedState());
  return decoder.decode(business.run({ name: "?", words }, 1).bytes).replace(/\r\n$/, "");
}

/** Each place: what it makes of a text, and whether line feeds of its own are in it. */
const PLACES: Record<string, (text: string) => string> = {
  "one line": (text) => safeText(text),
  "several lines, as complain() writes them": safeLines,
  "the trace for a person": (text) => stripAnsiCode(prettyLine(traceLine(text))),
  "the trace as JSON": (text) => safeJson(traceLine(text)),
  "an error reply": (text) => decoder.decode(errorReply(text).bytes).replace(/\r\n$/, ""),
  "the error for an unknown command": unknownCommand,
  "the client: a status": (text) => ofClient(`+${text}\r\n`),
  "the client: an error": (text) => ofClient(`-${text}\r\n`),
  "the client: an integer": (text) => ofClient(`:1${text}\r\n`),
  "the client: a length": (text) => ofClient(`$1${text}\r\n`),
  "the client: no reply": (text) => ofClient(text),
  "the client: a bulk string": (text) => {
    return ofClient(`$${new TextEncoder().encode(text).length}\r\n${text}\r\n`);
  },
  "the client: an array": (text) => {
    return ofClient(`*1\r\n$${new TextEncoder().encode(text).length}\r\n${text}\r\n`);
  },
  "the client: raw": (text) => rawText(new TextEncoder().encode(text)),
  "what is wrong with a flag": shortened,
  "the grader's reports": (text) => plainText(text, 1000),
  "the grader's steps": (text) => plainText(shown(text), 1000),
};

for (const [place, make] of Object.entries(PLACES)) {
  Deno.test(`${place}: what strangers send is shown, and steers nothing`, () => {
    for (const [what, text] of Object.entries(TEXTS)) {
      const seen = make(text);
      const [found] = UNSAFE.exec(seen.replaceAll("\n", "")) ?? [];
      const code = found?.codePointAt(0)?.toString(16);
      assert(found === undefined, `${what}: U+${code} got through: ${JSON.stringify(seen)}`);
      assert(seen !== "", `${what}: nothing is shown`);
    }
  });
}

Deno.test("the trace as JSON says to a program what was sent", () => {
  for (const text of Object.values(TEXTS)) {
    assertEquals(JSON.parse(safeJson(traceLine(text))), traceLine(text));
  }
});

Deno.test("letters, blanks and signs are left as they are", () => {
  const text = "連接描述符 žluťoučký кон ة ע ½ → · 🐎 a b";
  assertEquals([safeText(text), safeLines(`${text}\n\tb`)], [text, `${text}\n\tb`]);
});
