/**
 * The client without a protocol: bytes as they are given, in pieces with pauses, and what comes back
 * as it comes. For seeing what a server does with half a request, or with none.
 */
import type { ClientConnection } from "./client_connection.ts";
import type { Lines } from "./client_lines.ts";
import { shortened, UsageError } from "./flags.ts";
import { complain, print } from "./screen.ts";

const CLOSED = "the server closed the connection";
/** Of each read so many bytes are shown; who asks for megabytes wants to know how many came. */
const SHOWN_BYTES = 400;
const ESCAPES: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t", "\\": "\\" };
const NAMES = new Map([[13, "\\r"], [10, "\\n"], [9, "\\t"], [92, "\\\\"]]);

/** What is sent, and how. */
export interface RawOptions {
  /** Each is one write. */
  readonly pieces: readonly Uint8Array[];
  readonly pauseMs: number;
  /** Close our direction after the last piece. */
  readonly halfClose: boolean;
  /** A time as it is shown, or nothing: see `timeText`. */
  readonly time: (ms: number) => string;
}

/**
 * The bytes that a text stands for: `\r`, `\n`, `\t`, `\\`, `\xHH`, and everything else as it is.
 *
 * @throws UsageError for another backslash.
 */
export function rawBytes(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const [part, escape] of text.matchAll(/\\(x[0-9a-fA-F]{2}|[^]?)|[^\\]+/g)) {
    if (escape === undefined) bytes.push(...encoder.encode(part));
    else if (escape.length === 3) bytes.push(parseInt(escape.slice(1), 16));
    else if (escape in ESCAPES) bytes.push(ESCAPES[escape].charCodeAt(0));
    else throw new UsageError(`no ${shortened(part)}; there are \\r \\n \\t \\\\ \\xHH`);
  }
  return Uint8Array.from(bytes);
}

/** Bytes as `rawBytes` would take them, a line each that ends with `\n`. */
export function rawText(bytes: Uint8Array): string {
  const parts = Array.from(bytes, (byte) => {
    const plain = byte >= 32 && byte < 127 && byte !== 92;
    if (plain) return String.fromCharCode(byte);
    return NAMES.get(byte) ?? `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return parts.join("").replace(/\\n(?=.)/g, "\\n\n");
}

/**
 * Sends the pieces, and shows what comes, until the server closes the connection.
 *
 * @returns true when anything came.
 */
export async function runRaw(connection: ClientConnection, options: RawOptions): Promise<boolean> {
  const { pieces, pauseMs, halfClose, time } = options;
  const startMs = performance.now();
  const received = readAll(connection, (shown) => {
    print([shown, time(performance.now() - startMs)].filter(Boolean).join("  ") + "\n");
  });
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    await connection.sendBytes(piece);
  }
  if (halfClose) await connection.closeWrite();
  const count = await received;
  if (count === 0) complain(`${CLOSED} and did not reply`);
  else print(`${CLOSED}\n`);
  return count > 0;
}

/**
 * Sends each line as it is given, without its end, and shows what comes meanwhile. When the input
 * ends, our direction is closed, and what still comes is shown.
 *
 * @returns true.
 */
export async function promptForBytes(connection: ClientConnection, lines: Lines): Promise<true> {
  const show = (shown: string) => lines.show(`${shown}\n`);
  const closed = readAll(connection, show).then(() => "closed" as const);
  for (;;) {
    const line = await Promise.race([lines.next(), closed]);
    if (line === "closed") break;
    if (line === undefined) {
      await connection.closeWrite();
      await closed;
      break;
    }
    await sendLine(connection, new TextDecoder().decode(line));
  }
  print(`${CLOSED}\n`);
  return true;
}

async function sendLine(connection: ClientConnection, line: string): Promise<void> {
  try {
    await connection.sendBytes(rawBytes(line));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    print(`${error.message}; nothing was sent\n`);
  }
}

/** Shows each read until the connection ends. Returns how many bytes came. */
async function readAll(connection: ClientConnection, show: (shown: string) => void) {
  let count = 0;
  for (;;) {
    const bytes = await connection.receiveBytes();
    if (bytes === undefined) return count;
    count += bytes.length;
    const more = bytes.length > SHOWN_BYTES ? ` … ${bytes.length} bytes` : "";
    show(rawText(bytes.subarray(0, SHOWN_BYTES)) + more);
  }
}
