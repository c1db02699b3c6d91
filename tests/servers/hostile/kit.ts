/** What hostile servers share: they listen as any server does, and are hostile to who connects. */

/** What a submission's `serve()` gets, and has to return. */
export interface Options {
  readonly hostname: string;
  readonly port: number;
}
export interface Running {
  readonly addr: Deno.Addr;
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
}

/** Accepts everybody, and does this to each. */
export function serveEach(options: Options, each: (conn: Deno.Conn) => unknown): Running {
  const listener = Deno.listen(options);
  const finished = (async () => {
    for (;;) {
      const conn = await listener.accept();
      Promise.resolve(each(conn)).catch(() => {});
    }
  })();
  return { addr: listener.addr, finished, shutdown: () => finished };
}

/** Waits for the first bytes of a client. */
export async function firstBytes(conn: Deno.Conn): Promise<Uint8Array> {
  const buffer = new Uint8Array(1024);
  return buffer.subarray(0, await conn.read(buffer) ?? 0);
}

/** A server that says it runs, and does not listen. */
export function idle(): Running {
  const finished = new Promise<void>((resolve) => setTimeout(resolve, 2 ** 30));
  const addr = { transport: "tcp", hostname: "127.0.0.1", port: 0 } as const;
  return { addr, finished, shutdown: () => finished };
}

/** Writes the same bytes for as long as the client takes them. */
export async function flood(conn: Deno.Conn, bytes: Uint8Array): Promise<never> {
  for (;;) {
    for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
  }
}
