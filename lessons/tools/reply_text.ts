/** How a reply looks on the screen. */
import { safeLines, safeText } from "../../models/parts/protocol/safe_text.ts";
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
      return safeText(reply.text);
    case "error":
      return `(error) ${safeText(reply.text)}`;
    case "integer":
      return `(integer) ${reply.value}`;
    case "nil":
      return "(nil)";
    case "bulk":
      return safeLines(textOf(reply.bytes).replaceAll("\r\n", "\n")).replace(/\n$/, "");
    case "array":
      return reply.items.length === 0 ? "(empty array)" : reply.items.map(numbered).join("\n");
  }
}

/** An item of an array: `2) text`, its other lines as far to the right. */
function numbered(item: RespReply, index: number): string {
  const number = `${index + 1}) `;
  return number + replyText(item).replaceAll("\n", `\n${" ".repeat(number.length)}`);
}

/** UTF-8 as text; of anything else each byte as one character. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => byte < 128 ? String.fromCharCode(byte) : hex(byte)).join("");
  }
}

function hex(byte: number): string {
  return "\\x" + byte.toString(16).padStart(2, "0");
}
