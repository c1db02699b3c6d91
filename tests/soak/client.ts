/** A client of the soak: asks with numbers of its own, and looks at every byte that comes. */
import { bytes, text } from "../of_parts/helpers.ts";

/** What went wrong, or right, in all clients together. */
export interface Tally {
  replies: number;
  connections: number;
  resets: number;
  /** Replies that did not come, came twice, or in the place of another. */
  readonly wrong: string[];
}

/** One thing to ask, and what is due. */
export interface Exchange {
  readonly request: string;
  readonly reply: string;
}

/** A whole number from 0, below the one given. */
export type Random = (below: number) => number;

const MOST_WRONG = 20;

/** Requests of every kind, with a number that nobody else has. */
export function exchange(nonce: string, random: Random): Exchange {
  const long = `${nonce}-${"x".repeat(random(2) === 0 ? random(200) : random(20_000))}`;
  const kinds: Exchange[] = [
    { request: `ECHO ${nonce}\r\n`, reply: bulk(nonce) },
    { request: `*2\r\n$4\r\nECHO\r\n${bulk(long)}`, reply: bulk(long) },
    { request: `PING ${nonce}\r\n`, reply: bulk(nonce) },
    { request: `FIB ${random(12)}\r\nECHO ${nonce}\r\n`, reply: "" },
    { request: `SLEEP ${random(3)}\r\nECHO ${nonce}\r\n`, reply: `+OK\r\n${bulk(nonce)}` },
    { request: `no-${nonce}\r\n`, reply: `-ERR unknown command 'no-${nonce}'\r\n` },
  ];
  const drawn = kinds[random(kinds.length)];
  if (drawn.reply !== "") return drawn;
  const [, n] = /^FIB (\d+)/.exec(drawn.request) ?? [];
  return { ...drawn, reply: `:${FIBONACCI[Number(n)]}\r\n${bulk(nonce)}` };
}

const FIBONACCI = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

function bulk(content: string): string {
  return `$${content.length}\r\n${content}\r\n`;
}

/**
 * One connection: some exchanges, by ones or in packets of several, then its end: a close, a QUIT, a
 * half-close or a reset in the middle of a request.
 */
export async function visit(
  port: number,
  name: string,
  random: Random,
  tally: Tally,
): Promise<void> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  tally.connections++;
  try {
    const rounds = 1 + random(30);
    for (let round = 0; round < rounds; round++) {
      const some = Array.from(
        { length: random(3) === 0 ? 1 + random(8) : 1 },
        (_, i) => exchange(`${name}-${round}-${i}`, random),
      );
      const writing = writeAll(conn, some.map(({ request }) => request).join(""));
      const due = some.map(({ reply }) => reply).join("");
      const got = await readExactly(conn, due.length);
      await writing;
      if (got !== due) return wrong(tally, `${name}: ${clip(got)} came, ${clip(due)} was due`);
      tally.replies += some.length;
    }
    await end(conn, name, random, tally);
  } finally {
    conn.close();
  }
}

async function end(conn: Deno.TcpConn, name: string, random: Random, tally: Tally): Promise<void> {
  const how = random(4);
  if (how === 0) return;
  if (how === 1) {
    // The kernel resets a connection that is closed with unread bytes.
    tally.resets++;
    return await writeAll(conn, `ECHO ${name}\r\n*2\r\n$4\r\nECHO\r\n$900\r\nhalf`);
  }
  if (how === 2) await writeAll(conn, "QUIT\r\n");
  else await conn.closeWrite();
  const rest = await readExactly(conn, 100);
  const due = how === 2 ? "+OK\r\n" : "";
  if (rest !== due) wrong(tally, `${name}: ${clip(rest)} came at its end, ${clip(due)} was due`);
}

function wrong(tally: Tally, what: string): void {
  if (tally.wrong.length < MOST_WRONG) tally.wrong.push(what);
}

function clip(got: string): string {
  return JSON.stringify(got.slice(0, 80));
}

async function writeAll(conn: Deno.Conn, content: string): Promise<void> {
  const whole = bytes(content);
  for (let sent = 0; sent < whole.length;) sent += await conn.write(whole.subarray(sent));
}

/** So many characters, or fewer when the end comes before. */
async function readExactly(conn: Deno.Conn, length: number): Promise<string> {
  const buffer = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const count = await conn.read(buffer.subarray(at));
    if (count === null) break;
    at += count;
  }
  return text(buffer.subarray(0, at));
}
