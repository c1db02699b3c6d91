/** How a reply looks on the screen. */
import type { RespReply } from "./resp_reply.ts";

/** @returns the reply as whole lines, with the time behind it, which may be empty. */
export function replyLines(reply: RespReply, time: string): string {
  const text = replyText(reply);
  const gap = time === "" ? "" : text.includes("\n") ? "\n" : "  ";
  return `${text}${gap}${time}\n`;
}

/** @returns the reply as text, of one line or of several; without a line end after the last. */
export function replyText(reply: RespReply): string {
  switch (reply.kind) {
    case "status":
      return printable(reply.text);
    case "error":
      return `(error) ${printable(reply.text)}`;
    case "integer":
      return `(integer) ${reply.value}`;
    case "nil":
      return "(nil)";
    case "bulk":
      return printable(textOf(reply.bytes)).replace(/\n$/, "");
  }
}

/** UTF-8 as text; of anything else each byte as one character. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => byte < 128 ? String.fromCharCode(byte) : hex(byte)).join("");
  }
}

/** Control characters as `\xHH`: a reply must not move the cursor or change the terminal. */
function printable(text: string): string {
  return text.replaceAll("\r\n", "\n")
    // deno-lint-ignore no-control-regex
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, (char) => hex(char.charCodeAt(0)));
}

function hex(byte: number): string {
  return "\\x" + byte.toString(16).padStart(2, "0");
}
