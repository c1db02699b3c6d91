/** Programs of the lessons, run as a student runs them, and seen from outside. */
import { assertEquals } from "@std/assert";
import { taskArguments } from "../../lessons/tools/task_arguments.ts";
import { type Ended, Program } from "./program.ts";

export { taskArguments };

/** A lesson's server on a free port. */
export class LessonServer {
  /** A program that listens already. */
  constructor(readonly program: Program, readonly port: number) {}

  /** Starts it and waits until it listens. */
  static async start(lesson: number, flags: readonly string[] = []): Promise<LessonServer> {
    const name = `lesson${lesson}` as "lesson1";
    return await LessonServer.ready(
      Program.start(taskArguments(name, ["--port", "0", ...flags])),
    );
  }

  /** Waits until a program that was started says where it listens. */
  static async ready(program: Program): Promise<LessonServer> {
    const [, port] = await program.stdout.until(/^listening on \S+:(\d+)\n/);
    return new LessonServer(program, Number(port));
  }

  /** Asks it to end, and waits until it has. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<Ended> {
    this.program.signal(signal);
    return await this.program.ended;
  }

  /** Sends lines on a new connection, and collects everything until the server closes it. */
  async talk(text: string): Promise<{ received: Promise<string>; close(): void }> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
    await conn.write(new TextEncoder().encode(text));
    return { received: readAll(conn), close: () => close(conn) };
  }

  /** The reply to one command, on a connection of its own. */
  async ask(command: string): Promise<string> {
    return await (await this.talk(`${command}\r\nQUIT\r\n`)).received;
  }
}

async function readAll(conn: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  let text = "";
  try {
    for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
      text += decoder.decode(buffer.subarray(0, n), { stream: true });
    }
  } catch {
    // Reset by the server, or closed here: what came until then is what came.
  }
  close(conn);
  return text;
}

function close(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/** A lesson's server, started with these flags; perhaps it never listens. */
export function runLesson(lesson: number, flags: readonly string[]): Program {
  return Program.start(taskArguments(`lesson${lesson}` as "lesson1", flags));
}

/** What a terminal has room for. */
export function assertNarrow(text: string): void {
  assertEquals(text.split("\n").filter((line) => line.length > 80), [], "wider than 80 columns");
}
