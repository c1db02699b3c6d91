/** A program that is run as a student runs it, and seen from outside. */

/** The project's folder. */
export const ROOT = new URL("../../", import.meta.url);

/** Longer than anything takes on a busy machine: what is not done by then hangs. */
const HUNG_MS = 120_000;

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
    moreEnv: Readonly<Record<string, string>> = {},
    cwd: string | URL = ROOT,
  ): Program {
    // What they print is not to depend on whether npx started the tests.
    const env = { npm_lifecycle_event: "", ...moreEnv };
    const options = { cwd, env, stdin, stdout: "piped", stderr: "piped" } as const;
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
