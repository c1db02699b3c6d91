/** A redis-server of the machine's, to compare with: in memory only, on a free port of loopback. */
import { acceptQueue } from "../grader/server/sockets.ts";
import { freePort } from "../grader/server/listening.ts";
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import { connect, send, until, within } from "../of_parts/helpers.ts";
import { piecesOf } from "./streams.ts";
import type { Sent } from "./requests.ts";

const FLAGS = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--loglevel", "warning"];

/** True where there is a redis-server to compare with. */
export const redisExists = await exists();

async function exists(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    const command = new Deno.Command("redis-server", { args: ["--version"], stdout: "null" });
    return (await command.output()).success;
  } catch {
    return false;
  }
}

/** One that runs. */
export class RedisServer {
  private constructor(readonly child: Deno.ChildProcess, readonly port: number) {}

  /** Starts it, and waits until it listens. */
  static async start(): Promise<RedisServer> {
    const port = freePort();
    const args = ["--port", `${port}`, ...FLAGS];
    const options = { args, stdin: "null", stdout: "null", stderr: "null" } as const;
    const child = new Deno.Command("redis-server", options).spawn();
    await until(() => acceptQueue(port) !== undefined, "redis-server listens");
    return new RedisServer(child, port);
  }

  /**
   * Sends all of a case on a connection of its own, half-closes, and returns all that comes.
   *
   * @returns also whether it ended with a reset: then the last replies may be lost. Redis closes behind
   *   an error without reading what is still on its way; our servers read it (see `linger.ts`).
   */
  async answer(sent: Sent): Promise<{ received: Uint8Array; reset: boolean }> {
    using conn = await connect({ transport: "tcp", hostname: "127.0.0.1", port: this.port });
    conn.setNoDelay(true);
    const sending = (async () => {
      for (const piece of piecesOf(sent)) await send(conn, piece);
      await conn.closeWrite();
    })().catch(() => {});
    const parts: Uint8Array[] = [];
    let reset = false;
    for (;;) {
      const buffer = new Uint8Array(64 * 1024);
      const count = await within(conn.read(buffer), "redis-server's replies").catch((error) => {
        if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
        reset = true;
        return null;
      });
      if (count === null) break;
      parts.push(buffer.subarray(0, count));
    }
    await sending;
    return { received: concat(parts), reset };
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.child.status;
  }
}
