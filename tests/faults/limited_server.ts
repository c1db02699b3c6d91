/** A lesson's server with few descriptors (`ulimit -n`), for tests from outside. Linux only. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { folderOf, type Lesson, startsProcesses } from "../../lessons/catalogue.ts";
import { SIZES } from "../../models/parts/sizes.ts";
import { TO_START_PROCESSES } from "../../lessons/lab/run/to_start_processes.ts";
import { bytes, text, within } from "../of_parts/helpers.ts";
import { ROOT } from "../of_lessons/program.ts";

/** What a server may say then. A thread that has just ended may not have given all back. */
export const SAID =
  /^((the limit of descriptors \(ulimit -n\) leaves room for|\S+ was not started: too few) .*\n)*$/;
const PERMISSIONS = ["--no-prompt", "--allow-net=127.0.0.1", "--allow-read=models,lessons/tools"];

/** A server under a limit: the hard one, up to which Deno raises the other. */
export class LimitedServer {
  private constructor(readonly child: Deno.ChildProcess, readonly port: number) {}

  /** @returns the line and the exit code of one that ends before it listens. */
  static async start(
    lesson: Lesson,
    limit: number,
  ): Promise<LimitedServer | { code: number; stderr: string }> {
    const permissions = [
      ...PERMISSIONS,
      ...startsProcesses(lesson) ? TO_START_PROCESSES : [],
    ];
    const server = [`${folderOf(lesson)}/server.ts`, "--port", "0", "--trace", "off"];
    // `FLOOR=kernel deno test -A tests/faults/descriptors_test.ts` tries the other floor.
    if (Deno.env.get("FLOOR") === "kernel") {
      permissions.push("--allow-ffi");
      server.push("--io", "kernel");
    }
    const few = Object.values(lesson.sizes).flatMap((size) =>
      size === "maxEventThreads" ? [] : [`--${SIZES[size].flag}`, size === "processes" ? "1" : "2"]
    );
    const command = `ulimit -n ${limit}; exec "$0" "$@"`;
    const child = new Deno.Command("sh", {
      args: ["-c", command, Deno.execPath(), "run", ...permissions, ...server, ...few],
      cwd: ROOT,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await within(reader.read(), "the first line");
    reader.releaseLock();
    const [, port] = /^listening on \S+:(\d+)\n/.exec(text(value ?? bytes(""))) ?? [];
    if (port !== undefined) return new LimitedServer(child, Number(port));
    const { code, stderr } = await child.output();
    return { code, stderr: text(stderr) };
  }

  /** Connects. */
  async connect(): Promise<Deno.TcpConn> {
    const connecting = Deno.connect({ hostname: "127.0.0.1", port: this.port });
    return await within(connecting, "the connection");
  }

  /** Connects and asks. @returns the open connection, and what it got. */
  async client(waits: boolean): Promise<{ conn: Deno.TcpConn; got: Promise<string> }> {
    const conn = await this.connect();
    await conn.write(bytes("PING\r\n")).catch(() => {});
    const got = within(readLine(conn), "a reply");
    // A rejection is seen by who waits for it, perhaps later.
    got.catch(() => {});
    if (waits) await got;
    return { conn, got };
  }

  /** Ends it as Ctrl-C does. @returns what it wrote to standard error. */
  async stop(): Promise<string> {
    this.child.kill("SIGTERM");
    const { code, stderr } = await within(this.child.output(), "the end of the server");
    assertEquals(code, 0, text(stderr));
    return text(stderr);
  }
}

async function readLine(conn: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(256);
  const count = await conn.read(buffer);
  return count === null ? "" : text(buffer.subarray(0, count));
}

/** Asks. @returns the reply; empty when the connection is closed, or reset. */
export async function pingOrEnd(conn: Deno.Conn): Promise<string> {
  await conn.write(bytes("PING\r\n")).catch(() => {});
  return await within(readLine(conn).catch(() => ""), "a reply, or the end");
}

/** Asks until one is served: those that left may still be in their places. */
export async function untilServed(server: LimitedServer): Promise<void> {
  for (let tries = 1;; tries++) {
    using conn = await server.connect();
    if (await pingOrEnd(conn) === "+PONG\r\n") return;
    assert(tries < 200, "nobody is served any more");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Expects that one that ended before it listened has said why, in one line. */
export function expectNoRoom({ code, stderr }: { code: number; stderr: string }): void {
  assertEquals(code, 1);
  assertMatch(stderr, /^cannot listen on [^\n]* leaves room for 0 [a-z ]+\n$/);
}
