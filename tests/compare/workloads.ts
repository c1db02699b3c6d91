/**
 * The workloads: the same for every server, and each bounded in time as well as in number, since one
 * model does in a millisecond what takes another thirty. A server that breaks its word, or a
 * connection, makes them throw.
 */
import { writeAll } from "../grader/clients/client.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PING = encoder.encode("PING\r\n");
const LINE_FEED = 10;

/** A connection that asks one thing at a time, for replies of one line. */
export class LineClient {
  readonly #buffer = new Uint8Array(256);

  private constructor(readonly conn: Deno.TcpConn) {}

  static async connect(port: number): Promise<LineClient> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    conn.setNoDelay(true);
    return new LineClient(conn);
  }

  /** Connects several, one after the other. */
  static async connectMany(port: number, count: number): Promise<LineClient[]> {
    const clients: LineClient[] = [];
    while (clients.length < count) clients.push(await LineClient.connect(port));
    return clients;
  }

  /**
   * Sends a request, and waits for its reply.
   *
   * @throws Error when the reply is an error, or the connection ends.
   */
  async ask(request: Uint8Array): Promise<string> {
    await writeAll(this.conn, request);
    let length = 0;
    while (length === 0 || this.#buffer[length - 1] !== LINE_FEED) {
      const n = await this.conn.read(this.#buffer.subarray(length));
      if (n === null || n === 0) throw new Error("the server closed a connection");
      length += n;
    }
    const reply = decoder.decode(this.#buffer.subarray(0, length - 2));
    if (reply.startsWith("-")) throw new Error(`the server replied ${reply}`);
    return reply;
  }

  /** @throws Error when the reply is not PONG. */
  async ping(): Promise<void> {
    const reply = await this.ask(PING);
    if (reply !== "+PONG") throw new Error(`the reply to PING was ${reply}`);
  }

  close(): void {
    this.conn.close();
  }
}

/** How long a workload goes on, and how many requests it makes at most. */
export interface Bounds {
  readonly ms: number;
  readonly most: number;
}

/** Clients that each send PING as soon as they have the reply before. Returns how many were answered. */
export async function pings(clients: readonly LineClient[], { ms, most }: Bounds): Promise<number> {
  const endMs = performance.now() + ms;
  let asked = 0;
  await Promise.all(clients.map(async (client) => {
    while (asked < most && performance.now() < endMs) {
      asked++;
      await client.ping();
    }
  }));
  return asked;
}

/** One client that sends PING. Returns how long each reply took, in µs. */
export async function roundTrips(client: LineClient, { ms, most }: Bounds): Promise<number[]> {
  const tripsUs: number[] = [];
  for (let nowMs = performance.now(), endMs = nowMs + ms; nowMs < endMs;) {
    await client.ping();
    const replyMs = performance.now();
    tripsUs.push((replyMs - nowMs) * 1000);
    if (tripsUs.length === most) break;
    nowMs = replyMs;
  }
  return tripsUs;
}

/** Clients that connect, send PING and leave, one after the other. Returns the ms that each took. */
export async function newClients(port: number, { ms, most }: Bounds): Promise<number[]> {
  const tookMs: number[] = [];
  for (const endMs = performance.now() + ms; performance.now() < endMs && tookMs.length < most;) {
    const startMs = performance.now();
    const client = await LineClient.connect(port);
    await client.ping();
    tookMs.push(performance.now() - startMs);
    client.close();
  }
  return tookMs;
}

/**
 * Clients that ask for the same at the same moment, and leave with their reply.
 *
 * @param served how many clients the server serves at once. When that is enough they are all served
 *   before, so that what a new connection costs is not measured here.
 * @returns after how many ms the last one has its reply.
 */
export async function together(
  port: number,
  request: string,
  count: number,
  served: number,
): Promise<number> {
  const clients = await LineClient.connectMany(port, count);
  if (served >= count) { for (const client of clients) await client.ping(); }
  const bytes = encoder.encode(`${request}\r\n`);
  const startMs = performance.now();
  await Promise.all(clients.map(async (client) => {
    await client.ask(bytes);
    client.close();
  }));
  return performance.now() - startMs;
}
