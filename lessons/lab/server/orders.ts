/** What the page may ask for, and within which bounds. */
import { type SizeName, SIZES } from "../../../models/parts/sizes.ts";
import type { LabClient } from "../run/lab_client.ts";

/** More threads or processes than that a machine of a student does not bear. */
const MOST_THREADS = 64;
const MOST_LINE = 1000;

/** Something that was asked and cannot be done; the message says why, in one line. */
export class Refused extends Error {
  override name = "Refused";
}

/** Sizes as the server's flags. Throws `Refused`. */
export function sizeFlags(sizes: Readonly<Record<string, number>>): string[] {
  return Object.entries(sizes).flatMap(([name, count]) => {
    const size = Object.hasOwn(SIZES, name) ? SIZES[name as SizeName] : undefined;
    if (size === undefined || name === "maxConnections") throw new Refused("there is no such size");
    const most = Math.min(size.most, MOST_THREADS);
    if (!Number.isSafeInteger(count) || count < size.least || count > most) {
      throw new Refused(`${size.flag} goes from ${size.least} to ${most}`);
    }
    return [`--${size.flag}`, String(count)];
  });
}

/** Has a client do something. Throws `Refused`. */
export async function perform(client: LabClient, does: string, line: string): Promise<void> {
  if (does === "send") return await client.send(checkedLine(line));
  if (does === "send-part") return await client.sendPart(checkedLine(line));
  if (does === "send-slowly") return void client.sendSlowly(checkedLine(line));
  if (does === "half-close") return await client.halfClose();
  if (does === "close") return await client.close();
  throw new Refused("a client does no such thing");
}

/** The line, if it is one. Throws `Refused`. */
export function checkedLine(line: string): string {
  if (line.length > MOST_LINE || /[\r\n]/.test(line)) throw new Refused("that is not one line");
  return line;
}
