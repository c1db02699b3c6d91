/** Programs of the lessons, run as a student runs them, and seen from outside. */
import { assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

/** The project's folder. */
export const ROOT = new URL("../", import.meta.url);

/** Longer than anything takes on a busy machine: what is not done by then hangs. */
const HUNG_MS = 20_000;

/** How a program ended, and all that it wrote. */
export interface Ended {
  readonly code: number;
  readonly signal: Deno.Signal | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a stream of a program has said so far. */
class Output {
  text = "";
  #ended = false;
  #wake = () => {};
  readonly done: Promise<void>;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.done = this.#collect(stream.pipeThrough(new TextDecoderStream()));
  }

  async #collect(stream: ReadableStream<string>): Promise<void> {
    for await (const chunk of stream) {
      this.text += chunk;
      this.#wake();
    }
    this.#ended = true;
    this.#wake();
  }

  /** Waits until the text matches; throws when it ended and does not. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.text);
      if (match !== null) return match;
      if (this.#ended) throw new Error(`ended without ${pattern}, after: ${this.text}`);
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}

/** A program that runs. */
export class Program {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly #child: Deno.ChildProcess;
  readonly #hung: ReturnType<typeof setTimeout>[];
  /** How it ended. */
  readonly ended: Promise<Ended>;

  private constructor(child: Deno.ChildProcess, hungMs: number) {
    this.#child = child;
    this.stdout = new Output(child.stdout);
    this.stderr = new Output(child.stderr);
    // Through `deno task` SIGTERM reaches the program too, and the second ends it in any case.
    this.#hung = [0, 1000].map((ms) => setTimeout(() => this.signal("SIGTERM"), hungMs + ms));
    this.#hung.push(setTimeout(() => this.signal("SIGKILL"), hungMs + 2000));
    this.ended = this.#end();
  }

  /** Runs `deno` in the project's folder; after `hungMs` it is ended. */
  static start(
    args: readonly string[],
    stdin: "null" | "piped" = "null",
    hungMs = HUNG_MS,
  ): Program {
    const options = { cwd: ROOT, stdin, stdout: "piped", stderr: "piped" } as const;
    const command = new Deno.Command(Deno.execPath(), { args: [...args], ...options });
    return new Program(command.spawn(), hungMs);
  }

  get pid(): number {
    return this.#child.pid;
  }

  get stdin(): WritableStream<Uint8Array> {
    return this.#child.stdin;
  }

  /** Sends a signal, unless the program has ended. */
  signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  async #end(): Promise<Ended> {
    const { code, signal } = await this.#child.status;
    await Promise.all([this.stdout.done, this.stderr.done]);
    for (const timer of this.#hung) clearTimeout(timer);
    return { code, signal, stdout: this.stdout.text, stderr: this.stderr.text };
  }
}

/** What a task's command has the shell put in, and stands for in a program that is run without it. */
const EXEC_PATH = `"$(deno eval -p 'Deno.execPath()')"`;

/** `deno` with a task's own permissions, but without `deno task` between it and us. */
export function taskArguments(task: keyof typeof config.tasks, args: readonly string[]): string[] {
  const { command } = config.tasks[task] as { command: string };
  const words = command.replace(EXEC_PATH, Deno.execPath()).split(" ");
  return [...words.slice(1), ...args];
}

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
